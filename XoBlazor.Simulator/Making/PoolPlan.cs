namespace XoBlazor.Simulator.Making;

/// <summary>What a pool to be made holds, in the words of an administrator; <see cref="PoolMaker"/> turns it into rows.</summary>
public sealed record PoolPlan(string Name, string Description, IReadOnlyList<HostPlan> Hosts, IReadOnlyList<VmPlan> Vms)
{
    /// <summary>The networks with a VLAN tag, beside the ones of the cards: name and tag.</summary>
    public IReadOnlyList<(string Name, int Tag)> Vlans { get; init; } = [];

    /// <summary>The shared storage: name, driver type, bytes.</summary>
    public IReadOnlyList<(string Name, string Type, long Size)> SharedStorage { get; init; } = [];

    /// <summary>What lies in the ISO library.</summary>
    public IReadOnlyList<string> Isos { get; init; } = [];

    /// <summary>Alerts that wait for somebody: name as in XAPI, priority, host or VM name it is about, text.</summary>
    public IReadOnlyList<(string Name, int Priority, string About, string Body)> Alerts { get; init; } = [];

    /// <summary>The third part of the hosts' management addresses (10.N.x.y), different for every pool.</summary>
    public int Subnet { get; init; }

    /// <summary>What the hosts run.</summary>
    public HostRelease Release { get; init; } = HostRelease.XcpNg83;

    /// <summary>How many updates wait for each host; the last host has installed one of them.</summary>
    public int Updates { get; init; }
}

/// <summary>A host to be made.</summary>
public sealed record HostPlan(string Name, int Cores, long Memory)
{
    /// <summary>Words an administrator has put on it.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>False for a host in maintenance.</summary>
    public bool IsEnabled { get; init; } = true;
}

/// <summary>A VM to be made.</summary>
public sealed record VmPlan(string Name, string Description, GuestSystem System, int VirtualCpus, long Memory)
{
    /// <summary>Bytes of every disk, the system disk first.</summary>
    public IReadOnlyList<long> Disks { get; init; } = [];

    /// <summary><c>Running</c>, <c>Halted</c>, <c>Suspended</c> or <c>Paused</c>.</summary>
    public string PowerState { get; init; } = "Running";

    /// <summary>Which host it runs on, or was last on.</summary>
    public int Host { get; init; }

    /// <summary>Which network its interfaces are on: 0 the management network, then the VLANs in order.</summary>
    public IReadOnlyList<int> Networks { get; init; } = [0];

    /// <summary>Which shared storage its disks are on, or -1 for the host's own.</summary>
    public int Storage { get; init; }

    /// <summary>Words an administrator has put on it.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The names of its snapshots, the oldest first; each is the parent of the next.</summary>
    public IReadOnlyList<string> Snapshots { get; init; } = [];

    /// <summary>Whether the guest agent reports.</summary>
    public bool HasTools { get; init; } = true;

    /// <summary>Whether it has a drive for discs.</summary>
    public bool HasDrive { get; init; }

    /// <summary>Whether the pool starts it again after a failure.</summary>
    public bool IsProtected { get; init; }
}
