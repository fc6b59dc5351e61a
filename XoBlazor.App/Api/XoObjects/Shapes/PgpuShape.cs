using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class PgpuShape
{
    public static void Write(XoShape shape, Pgpu pgpu)
    {
        var json = shape.Json;
        shape.Word("dom0Access"u8, pgpu.Dom0Access);
        shape.Links("enabledVgpuTypes"u8, pgpu.EnabledVgpuTypes);
        shape.Links("supportedVgpuTypes"u8, pgpu.SupportedVgpuTypes);
        // Spelt as clients know it.
        json.WriteStartObject("supportedVgpuMaxCapcities"u8);
        foreach (var (type, most) in pgpu.SupportedVgpuMaxCapacities.Entries)
            if (shape.Pool.Get(type) is { } there)
                json.WriteNumber(XoIds.Of(shape.Pool, there), most);
        json.WriteEndObject();
        shape.Link("gpuGroup"u8, pgpu.GpuGroup);
        json.WriteBoolean("isSystemDisplayDevice"u8, pgpu.IsSystemDisplayDevice);
        shape.Link("pci"u8, pgpu.Pci);
        shape.Link("host"u8, pgpu.Host);
        shape.Link("$host"u8, pgpu.Host);
        shape.Links("vgpus"u8, pgpu.ResidentVgpus);
        shape.Links("$vgpus"u8, pgpu.ResidentVgpus);
    }
}
