using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// What somebody may be allowed to do at a console. Looking is an operator's, too: what stands on a screen is not meant for everybody who may know of the VM. A host's
/// own console (that of its control domain) is its root's, and an administrator's only.
/// </summary>
public static class ConsoleRights
{
    public static Right See { get; } = new("vm.console", "See consoles of VMs", RightLevel.Operate);

    public static Right Type { get; } = new("vm.console.input", "Type and click at consoles of VMs", RightLevel.Operate);

    /// <summary>What the guest copies is taken from its screen's line, and what is pasted there needs <see cref="Type"/> besides.</summary>
    public static Right Clipboard { get; } = new("vm.console.clipboard", "Exchange clipboards with VMs", RightLevel.Operate);

    /// <summary>To see, to type, and the clipboard.</summary>
    public static Right OfHost { get; } = new("host.console", "Use consoles of hosts", RightLevel.Administer);

    public static ImmutableArray<Right> All { get; } = [See, Type, Clipboard, OfHost];

    internal static Right ToSee(Vm vm) => vm.IsControlDomain ? OfHost : See;

    internal static Right ToType(Vm vm) => vm.IsControlDomain ? OfHost : Type;

    internal static Right ToExchange(Vm vm) => vm.IsControlDomain ? OfHost : Clipboard;
}
