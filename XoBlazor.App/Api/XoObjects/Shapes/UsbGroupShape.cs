using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class UsbGroupShape
{
    public static void Write(XoShape shape, UsbGroup group)
    {
        shape.Links("PUSBs"u8, group.Pusbs);
        shape.Links("VUSBs"u8, group.Vusbs);
    }
}
