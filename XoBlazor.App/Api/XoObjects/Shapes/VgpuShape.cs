using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class VgpuShape
{
    public static void Write(XoShape shape, Vgpu vgpu)
    {
        shape.Json.WriteBoolean("currentlyAttached"u8, vgpu.CurrentlyAttached);
        shape.Json.WriteString("device"u8, vgpu.Device);
        shape.Link("gpuGroup"u8, vgpu.GpuGroup);
        shape.Map("otherConfig"u8, vgpu.OtherConfig);
        shape.Link("resident_on"u8, vgpu.ResidentOn);
        shape.Link("vgpuType"u8, vgpu.Type);
        shape.Link("vm"u8, vgpu.Vm);
    }
}
