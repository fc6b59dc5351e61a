using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class PusbShape
{
    public static void Write(XoShape shape, Pusb pusb)
    {
        var json = shape.Json;
        json.WriteString("description"u8, $"{pusb.VendorDesc} {pusb.ProductDesc}".Trim());
        shape.Link("host"u8, pusb.Host);
        json.WriteBoolean("passthroughEnabled"u8, pusb.PassthroughEnabled);
        json.WriteNumber("speed"u8, pusb.Speed);
        shape.Link("usbGroup"u8, pusb.UsbGroup);
        json.WriteString("vendorId"u8, pusb.VendorId);
        json.WriteString("version"u8, pusb.Version);
    }
}
