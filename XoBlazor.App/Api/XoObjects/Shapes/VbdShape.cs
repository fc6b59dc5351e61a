using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class VbdShape
{
    public static void Write(XoShape shape, Vbd vbd)
    {
        var json = shape.Json;
        json.WriteBoolean("attached"u8, vbd.CurrentlyAttached);
        json.WriteBoolean("bootable"u8, vbd.Bootable);
        json.WriteString("device"u8, vbd.Device.Length > 0 ? vbd.Device : null);
        json.WriteBoolean("is_cd_drive"u8, vbd.Type == VbdType.Cd);
        json.WriteString("position"u8, vbd.Userdevice);
        json.WriteBoolean("read_only"u8, vbd.Mode == VbdMode.Ro);
        shape.Link("VDI"u8, vbd.Vdi);
        shape.Link("VM"u8, vbd.Vm);
    }
}
