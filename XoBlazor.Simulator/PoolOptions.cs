using System.Net;

namespace XoBlazor.Simulator;

/// <summary>How a simulated pool behaves.</summary>
public sealed record PoolOptions
{
    public string User { get; init; } = "root";

    public string Password { get; init; } = "secret";

    /// <summary>How long an operation such as starting a VM takes; zero makes it instant.</summary>
    public TimeSpan OperationDuration { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a host gathers changes before it answers a waiting <c>event.from</c>: 50 ms in real ones.</summary>
    public TimeSpan EventDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether snapshots and clones leave a hidden "base copy" behind, as drivers that keep disks in chains do.</summary>
    public bool KeepsBaseCopies { get; init; } = true;

    /// <summary>How much of each disk that comes with the pool is not zeros, at most, in bytes.</summary>
    public long DiskContent { get; init; } = 16L << 20;

    /// <summary>How much of what clients write to the disks is kept, in bytes, all together; what can be made again does not count.</summary>
    public long DiskMemory { get; init; } = 256L << 20;

    /// <summary>Real VNC servers that stand behind the consoles of VMs, by the VM's name or uuid.</summary>
    public IReadOnlyDictionary<string, EndPoint> Consoles { get; init; } = new Dictionary<string, EndPoint>();

    /// <summary>Whether consoles are given by CONNECT, as all hosts do; proxies before them may know no such method, and then it is answered with 501.</summary>
    public bool HasConsoleTunnels { get; init; } = true;

    /// <summary>Whether consoles are given by WebSocket, too; hosts that lack the program for it answer 501.</summary>
    public bool HasConsoleSockets { get; init; } = true;

    /// <summary>Hosts from before XenServer 7.3 speak XML-RPC only: a JSON body is then no XML, whatever the path. Off, every age speaks both.</summary>
    public bool XmlRpcOnly { get; init; }
}
