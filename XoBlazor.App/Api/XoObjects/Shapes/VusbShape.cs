using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class VusbShape
{
    public static void Write(XoShape shape, Vusb vusb)
    {
        shape.Link("vm"u8, vusb.Vm);
        shape.Json.WriteBoolean("currentlyAttached"u8, vusb.CurrentlyAttached);
        shape.Link("usbGroup"u8, vusb.UsbGroup);
    }
}
