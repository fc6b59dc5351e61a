using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class VgpuTypeShape
{
    public static void Write(XoShape shape, VgpuType type)
    {
        var json = shape.Json;
        json.WriteBoolean("experimental"u8, type.Experimental);
        json.WriteNumber("framebufferSize"u8, type.FramebufferSize);
        shape.Links("gpuGroups"u8, type.SupportedOnGpuGroups);
        json.WriteNumber("maxHeads"u8, type.MaxHeads);
        json.WriteNumber("maxResolutionX"u8, type.MaxResolutionX);
        json.WriteNumber("maxResolutionY"u8, type.MaxResolutionY);
        json.WriteString("modelName"u8, type.ModelName);
        json.WriteString("vendorName"u8, type.VendorName);
        shape.Links("pgpus"u8, type.SupportedOnPgpus);
        shape.Links("vgpus"u8, type.Vgpus);
    }
}
