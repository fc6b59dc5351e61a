using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Consoles;

/// <summary>Finds the host and the handler of a VM's console. Only the store says where: nothing of it comes from whoever looks.</summary>
internal sealed class ConsolePlaces(ObjectStore store, IPoolConnections pools)
{
    // Set on VMs whose graphical console is turned off.
    private const string NoScreen = "disable_pv_vnc";

    public Located<Vm>? Vm(ObjectKey key) => store.Current.Pool(key.Pool) is { } pool && pool.GetByUuid<Vm>(key.Uuid) is { } vm ? new(pool, vm) : null;

    public string NameOf(ObjectKey key) => Vm(key) is var (pool, vm) ? pool.NameOf(vm) : "";

    public ConsolePlace Find(ObjectKey key, ConsoleKind kind)
    {
        if (Vm(key) is not var (pool, vm))
            return new ConsolePlace.Nowhere("gone", "This VM is not there any more.");
        var name = pool.NameOf(vm);
        switch (vm.PowerState)
        {
            case VmPowerState.Halted:
                return new ConsolePlace.Nowhere("not-running", $"{name} is off. Start it to see its console.");
            case VmPowerState.Suspended:
                return new ConsolePlace.Nowhere("not-running", $"{name} is suspended. Resume it to see its console.");
            case VmPowerState.Paused:
                return new ConsolePlace.Nowhere("not-running", $"{name} is paused. Unpause it to see its console.");
        }

        if (pool.Get(vm.ResidentOn) is not { Address.Length: > 0 } host)
            return new ConsolePlace.Nowhere("not-running", $"{name} has no host yet; its console comes as soon as it has.");
        var protocol = kind == ConsoleKind.Screen ? ConsoleProtocol.Rfb : ConsoleProtocol.Vt100;
        if (pool.Get(vm.Consoles).FirstOrDefault(one => one.Protocol == protocol) is not { } console || (kind == ConsoleKind.Screen && vm.OtherConfig.GetValueOrDefault(NoScreen) == "1"))
            return new ConsolePlace.Nowhere("no-console", $"{name} has no {(kind == ConsoleKind.Screen ? "graphical" : "text")} console at the moment. "
                + (kind == ConsoleKind.Screen ? "While it starts, wait a moment; otherwise try its text console." : "Try its graphical console."));
        return pools.Find(key.Pool) is { } connection
            ? new ConsolePlace.There(connection, MemberEndpoint.Of(pool, connection, host), Target(console), new(host.Ref), pool.NameOf(host), name)
            : new ConsolePlace.Nowhere("unreachable", "Its pool is out of reach at the moment; administrators see why under Settings → Pools.");
    }

    // The host's own words lead to its handler and to no other.
    private static string Target(VmConsole console) =>
        Uri.TryCreate(console.Location, UriKind.Absolute, out var told) && told is { AbsolutePath: "/console", Query.Length: > 1 }
            ? told.PathAndQuery : $"/console?uuid={Uri.EscapeDataString(console.Uuid)}";
}
