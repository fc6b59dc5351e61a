using System.Net;
using XoBlazor.Simulator.Consoles;
using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Hosting;
using XoBlazor.Simulator.Patching;
using XoBlazor.Simulator.Patching.Repositories;

namespace XoBlazor.Simulator;

/// <summary>A running simulated pool, as those who want to connect to it need to know it.</summary>
public sealed class SimulatedPool : IAsyncDisposable
{
    private readonly PoolServer _server;

    internal SimulatedPool(PoolSimulator simulator, PoolServer server)
    {
        (Simulator, _server) = (simulator, server);
        HttpUrl = new($"http://127.0.0.1:{server.HttpPort}/");
        HttpsUrl = new($"https://127.0.0.1:{server.HttpsPort}/");
        Hosts = [.. simulator.Db.All("host").Select(h => new SimulatedPoolHost(
            h.Text("name_label"), simulator.Addresses.AddressOf(h.Ref).ToString(), simulator.Certificates.FingerprintOf(h.Ref), h.Ref == simulator.Db.Coordinator.Ref))];
    }

    public string Name => Simulator.Db.Pool.Text("name_label");

    public string Uuid => Simulator.Db.Pool.Uuid;

    /// <summary>The coordinator, in clear text.</summary>
    public Uri HttpUrl { get; }

    /// <summary>The coordinator, with its self-signed certificate.</summary>
    public Uri HttpsUrl { get; }

    public string User => Simulator.Options.User;

    public IReadOnlyList<SimulatedPoolHost> Hosts { get; }

    /// <summary>What clients have done so far, and which faults stand.</summary>
    public SimulatorState State => Simulator.Faults.State;

    /// <summary>The packages that wait for the hosts of an XCP-ng pool, and those they installed.</summary>
    public PackageBook Packages => Simulator.Packages;

    /// <summary>The updates that a XenServer 8 pool finds in its repositories, and what its hosts have of them.</summary>
    public UpdateCatalogue Catalogue => Simulator.Catalogue;

    /// <summary>Makes the pool misbehave, as <c>POST /simulator/faults</c> does.</summary>
    public void Misbehave(Fault fault) => Simulator.Faults.Apply(fault);

    /// <summary>Ends all standing faults, and refusing, at once.</summary>
    public void Behave() => Simulator.Faults.Clear();

    /// <summary>Screen, keyboard and mouse of a VM that runs, by name or uuid.</summary>
    /// <exception cref="SimulatorException">No such VM runs.</exception>
    public GuestScreen ConsoleOf(string vm) =>
        Simulator.Db.Where("VM", "uuid", vm).Concat(Simulator.Db.Where("VM", "name_label", vm)).FirstOrDefault(row => row.Text("power_state") is "Running" or "Paused") is { } found
            ? Simulator.Consoles.Of(found) : throw new SimulatorException($"no VM '{vm}' is running.");

    /// <summary>Puts a real VNC server behind the console of a VM, from the next connection on; null takes it away.</summary>
    public void ServeConsole(string vm, EndPoint? server) => Simulator.Consoles.Serve(vm, server);

    internal PoolSimulator Simulator { get; }

    public async ValueTask DisposeAsync()
    {
        Simulator.Stop();
        await _server.DisposeAsync();
        Simulator.Dispose();
    }
}
