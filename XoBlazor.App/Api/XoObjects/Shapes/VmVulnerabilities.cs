using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>
/// Known holes within a VM. Only Windows drivers, marked by the device id <c>0002</c>, can have XSA-468; which versions do we do not know for
/// every vendor, and nothing is said about those VMs rather than a comforting word.
/// </summary>
internal static class VmVulnerabilities
{
    private const string WindowsDevice = "0002";

    public static void Write(XoShape shape, Vm vm)
    {
        shape.Json.WriteStartObject("vulnerabilities"u8);
        if (!vm.Platform.TryGetValue("device_id", out var device) || device != WindowsDevice)
            shape.Json.WriteBoolean("xsa468"u8, false);
        shape.Json.WriteEndObject();
    }
}
