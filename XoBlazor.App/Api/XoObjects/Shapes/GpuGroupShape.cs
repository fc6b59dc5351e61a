using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class GpuGroupShape
{
    public static void Write(XoShape shape, GpuGroup group)
    {
        shape.Json.WriteString("name_label"u8, group.NameLabel);
        shape.Json.WriteString("name_description"u8, group.NameDescription);
        shape.Word("allocation"u8, group.AllocationAlgorithm);
        shape.Links("enabledVgpuTypes"u8, group.EnabledVgpuTypes);
        shape.Texts("gpuTypes"u8, group.GpuTypes);
        shape.Map("otherConfig"u8, group.OtherConfig);
        shape.Links("pgpus"u8, group.Pgpus);
        shape.Links("supportedVgpuTypes"u8, group.SupportedVgpuTypes);
        shape.Links("vgpus"u8, group.Vgpus);
    }
}
