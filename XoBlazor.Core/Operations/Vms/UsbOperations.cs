using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>USB devices of hosts, and given to VMs. A VM with one stays on its host.</summary>
public static class UsbOperations
{
    private static readonly Right s_use = new("usb.use", "Give USB devices to VMs", RightLevel.Manage);
    private static readonly Right s_pass = new("usb.pass", "Choose which USB devices VMs may have", RightLevel.Administer);

    public static Operation Create { get; } = new OperationOn<Vm>("vm.create_vusb", VmRights.EditDevices, async (work, vm) =>
        work.Made(await work.RunAsync<Vusb>("VUSB.create", vm.Ref, work.Arguments.Object<UsbGroup>("usbGroup")!.Ref, new Dictionary<string, string>())))
    {
        For = VmKinds.IsVm,
        Title = "New USB device",
        Progressive = "Giving it a USB device",
        Description = "Gives the VM a host's USB device when it starts next.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vusb,
        SuitsMany = false,
        Unless = (_, vm) => VmEdits.NotWhileOn(vm),
        Parameters = [OperationParameter.Object<UsbGroup>("usbGroup", "USB device", s_use) with
        {
            IsRequired = true,
            Unsuitable = (pool, _, group) => pool.Get(((UsbGroup)group).Pusbs).Any(device => device.PassthroughEnabled) ? null : $"{pool.NameOf(group)} is not for VMs; pass-through is off for it.",
        }],
    };

    public static Operation Unplug { get; } = new OperationOn<Vusb>("vusb.unplug", VmRights.EditDevices, (work, usb) => work.RunAsync("VUSB.unplug", usb.Ref))
    {
        Title = "Unplug",
        Progressive = "Unplugging",
        Description = "Takes the USB device from the running guest.",
        Confirmation = Confirmation.Ask,
        Consequence = "What the guest does with the device breaks off.",
        Unless = (_, usb) => usb.CurrentlyAttached ? null : "It is not plugged in.",
    };

    public static Operation Delete { get; } = new OperationOn<Vusb>("vusb.destroy", VmRights.EditDevices, (work, usb) => work.RunAsync("VUSB.destroy", usb.Ref))
    {
        Title = "Delete",
        Progressive = "Deleting the USB device",
        Description = "Takes the USB device off its VM.",
        Confirmation = Confirmation.Ask,
        Consequence = "The guest has the device no more.",
        Group = OperationGroup.Delete,
        Unless = (_, usb) => usb.CurrentlyAttached ? "It is plugged in; unplug it first." : null,
    };

    public static Operation PassThrough { get; } = new EditOperation<Pusb>("pusb.set", s_pass,
        Edit<Pusb>.Flag("enabled", "For VMs", "PUSB.set_passthrough_enabled", device => device.PassthroughEnabled))
    {
        Title = "Edit",
        Progressive = "Changing",
        Description = "Chooses whether VMs may have the device; its host cannot use it meanwhile.",
    };

    public static Operation Scan { get; } = new OperationOn<Host>("host.scan_pusbs", s_pass, (work, host) => work.RunAsync("PUSB.scan", host.Ref))
    {
        Title = "Look for USB devices",
        Progressive = "Looking for USB devices",
        Description = "Looks which USB devices the host has now.",
        Unless = (pool, host) => pool.IsHostLive(host) ? null : $"{pool.NameOf(host)} is down.",
    };

    public static ImmutableArray<Operation> All { get; } = [Create, Unplug, Delete, PassThrough, Scan];
}
