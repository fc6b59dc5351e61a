using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class SmShape
{
    public static void Write(XoShape shape, Sm sm)
    {
        var json = shape.Json;
        json.WriteString("name_label"u8, sm.NameLabel);
        json.WriteString("name_description"u8, sm.NameDescription);
        json.WriteString("SM_type"u8, sm.Type);
        json.WriteString("vendor"u8, sm.Vendor);
        shape.Map("configuration"u8, sm.Configuration);
        json.WriteStartObject("features"u8);
        foreach (var (feature, version) in sm.Features.Entries)
            json.WriteNumber(feature, version);
        json.WriteEndObject();
        json.WriteString("driver_filename"u8, sm.DriverFilename);
        shape.Texts("required_cluster_stack"u8, sm.RequiredClusterStack);
        shape.Words("supported_image_formats"u8, sm.SupportedImageFormats);
    }
}
