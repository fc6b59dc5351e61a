using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class PciShape
{
    public static void Write(XoShape shape, Pci pci)
    {
        shape.Json.WriteString("class_name"u8, pci.ClassName);
        shape.Json.WriteString("device_name"u8, pci.DeviceName);
        shape.Json.WriteString("pci_id"u8, pci.PciId);
        shape.Link("$host"u8, pci.Host);
    }
}
