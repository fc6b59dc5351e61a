using System.Collections.Concurrent;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Consoles;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Events;
using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Hosting;
using XoBlazor.Simulator.Messages;
using XoBlazor.Simulator.Patching;
using XoBlazor.Simulator.Patching.Repositories;
using XoBlazor.Simulator.Sessions;
using XoBlazor.Simulator.Streams;
using XoBlazor.Simulator.Streams.Zstd;
using XoBlazor.Simulator.Wire;

namespace XoBlazor.Simulator;

/// <summary>One simulated pool: its database, who is logged in, its messages and events, what its calls do, its clock.</summary>
internal sealed class PoolSimulator : IDisposable
{
    private static readonly Release s_headerLimited = new(1000, new(23, 31, 0));
    private static readonly Release s_zstd = XapiDatamodel.Embedded.FindRelease("naples")!.Value;

    // It came in May 2025; which version that was is an estimate.
    private static readonly Release s_qcow2 = new(1000, new(25, 18, 0));

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, long> _domains = [];

    public PoolSimulator(Database db, PoolOptions options, TimeProvider time, int number = 0)
    {
        (Db, Options, Time) = (db, options, time);
        Sessions = new(db, options, time);
        Messages = new(db.Schema, time);
        Events = new(db, Messages, options, time);
        LegacyEvents = new(db, time);
        Contents = new(db, options);
        Packages = new(db);
        Patches = new(this);
        Catalogue = new(db);
        Consoles = new(this);
        Dispatcher = new(this, _stopping.Token);
        Addresses = new(db, number);
        Certificates = new(this);
        CoreCalls.Register(Calls);
        MessageCalls.Register(Calls);
        HostCalls.Register(Calls);
        Behaviours.Register(this);
        Faults = new(this);
        RoleCalls.Register(Calls, Schema);
        HostPages.Register(this);
    }

    public Database Db { get; }

    public Schema Schema => Db.Schema;

    public PoolOptions Options { get; }

    public TimeProvider Time { get; }

    public SessionBook Sessions { get; }

    public MessageLog Messages { get; }

    public EventFeed Events { get; }

    public LegacyEvents LegacyEvents { get; }

    public CallRegistry Calls { get; } = new();

    public Dispatcher Dispatcher { get; }

    public HostAddresses Addresses { get; }

    public HostCertificates Certificates { get; }

    /// <summary>What waits for the hosts of an XCP-ng pool.</summary>
    public PackageBook Packages { get; }

    /// <summary>What waits for the hosts of a XenServer 8 pool.</summary>
    public UpdateCatalogue Catalogue { get; }

    public PoolPatchCalls Patches { get; }

    public HostStarts HostStarts { get; } = new();

    public ConnectionRegister Connections { get; } = new();

    /// <summary>What the disks hold.</summary>
    public DiskStore Contents { get; }

    /// <summary>What the guests show.</summary>
    public ConsoleBook Consoles { get; }

    /// <summary>The port of all hosts with TLS, once they listen: what redirects name.</summary>
    public int HttpsPort { get; set; }

    /// <summary>HTTP requests beside RPC.</summary>
    public HttpRoutes Routes { get; } = new();

    /// <summary>How the pool misbehaves when it is asked to.</summary>
    public FaultControl Faults { get; }

    /// <summary>Stands before every HTTP request when set: it may answer itself, delay, or spoil the answer of the rest.</summary>
    public Func<HttpContext, RequestDelegate, Task>? Interceptor { get; set; }

    /// <summary>The longest request header this age of xapi takes, in bytes; null where there was no limit.</summary>
    public int? HeaderLimit => Schema.Release >= s_headerLimited ? 1024 : null;

    /// <summary>Whether hosts of this age compress VMs with zstd, and read what was; they do where this machine has the library.</summary>
    public bool KnowsZstd => Schema.Release >= s_zstd && ZstdLibrary.IsThere;

    /// <summary>Whether hosts of this age give and take disks as qcow2.</summary>
    public bool KnowsQcow2 => Schema.Release >= s_qcow2;

    /// <summary>Ends when the pool stops; everything that runs in the background for it ends then.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public XapiValue Now => Time.GetUtcNow();

    /// <summary>The number of the next domain on a host; the first time it goes on from those that run there.</summary>
    public long NextDomain(string host, Func<long> last) => _domains.AddOrUpdate(host, _ => last() + 1, (_, number) => number + 1);

    /// <summary>Gives every host an address and a certificate that clients can really use.</summary>
    public void MakeReachable()
    {
        Addresses.Record(Db);
        Loading.Consistency.AddConsoles(Db);
        foreach (var host in Db.All("host"))
            Certificates.Record(host.Ref);
    }

    /// <summary>Encodes every object once, so that the first client gets its answer from memory.</summary>
    public void Warm()
    {
        foreach (var state in Db.Update(() => Db.Tables.SelectMany(t => t.Rows).Select(r => r.State).ToList()))
            _ = state.Json;
    }

    /// <summary>Ends whatever waits or works for clients.</summary>
    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Cancel();
        Consoles.Dispose();
        Sessions.Dispose();
        Certificates.Dispose();
        _stopping.Dispose();
    }
}
