using XoBlazor.Core.Access;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Consoles;

/// <summary>The console of one VM, with all the room there is.</summary>
public sealed partial class ConsolePage
{
    public override string Kind => "VM";

    public override string ListUrl => "/vms";

    private (string Title, string Text) Why =>
        WasThere || IsGone ? ("This VM is gone", "It was deleted, its pool was removed from XoBlazor, or you may not view it any more.")
        : ScenePool is null ? ("This pool is not known here", $"There is no pool {PoolUuid}. It may have been removed from XoBlazor.")
        : Value is null ? ("There is no such VM", "It may have been deleted, or you may not view it.")
        : IsPast ? ("The past has no console", "You are looking at the past. Go back to now to see the screen.")
        : ("No console here", "Templates and snapshots do not run, and so have no console.");

    /// <summary>Where a VM's console is.</summary>
    public static string UrlOf(string pool, Vm vm) => $"/console/{Uri.EscapeDataString(pool)}/{Uri.EscapeDataString(vm.Uuid)}";

    /// <summary>What it takes to see the console.</summary>
    public static Right RightFor(Vm vm) => vm.IsControlDomain ? ConsoleRights.OfHost : ConsoleRights.See;

    /// <summary>Whether it is something that can run.</summary>
    public static bool HasConsole(Vm vm) => vm.Kind() is VmKind.Vm or VmKind.ControlDomain;

    protected override IEnumerable<XapiObject?> Related()
    {
        yield return Picture.HostOf(Object);
        foreach (var console in Picture.Get(Object.Consoles))
            yield return console;
        foreach (var disk in Picture.DisksOf(Object))
            yield return disk.Vbd;
    }
}
