using XoBlazor.App.Components.Consoles;
using XoBlazor.App.Components.Details;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Vms;

/// <summary>One VM, template or snapshot.</summary>
public sealed partial class VmPage
{
    public override string Kind => Value is not Vm vm ? "VM" : vm.Kind() switch
    {
        VmKind.Vm => "VM",
        VmKind.Snapshot => "snapshot",
        VmKind.Template or VmKind.DefaultTemplate => "template",
        VmKind.ControlDomain => "control domain",
    };

    public override string ListUrl => "/vms";

    private bool HasConsole => ConsolePage.HasConsole(Object) && !IsPast && !IsGone;

    protected override IEnumerable<DetailTab> OwnTabs
    {
        get
        {
            if (HasConsole)
                yield return new("console", "Console");
            yield return new("disks", "Disks", Picture.DisksOf(Object).Length);
            yield return new("network", "Network", Picture.NetworkDevicesOf(Object).Length);
            if (!Object.IsASnapshot && !Object.IsControlDomain)
                yield return new("snapshots", "Snapshots", Object.Snapshots.Length);
            if (!Object.IsASnapshot && !Object.IsATemplate)
                yield return DetailTab.Statistics;
        }
    }

    protected override IEnumerable<XapiObject?> Related()
    {
        yield return Picture.Pool;
        yield return Picture.HostOf(Object);
        yield return Picture.Get(Object.SnapshotOf);
        yield return Picture.Get(Object.Metrics);
        yield return Picture.Get(Object.GuestMetrics);
        yield return Picture.Get(Object.Appliance);
        foreach (var console in Picture.Get(Object.Consoles))
            yield return console;
        foreach (var disk in Picture.DisksOf(Object))
        {
            yield return disk.Vbd;
            yield return disk.Vdi;
            yield return disk.Sr;
        }

        foreach (var device in Picture.NetworkDevicesOf(Object))
        {
            yield return device.Vif;
            yield return device.Network;
        }

        foreach (var snapshot in Picture.Get(Object.Snapshots))
            yield return snapshot;
    }
}
