using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class PoolPatchShape
{
    public static void Write(XoShape shape, PoolPatch patch)
    {
        var json = shape.Json;
        json.WriteString("dataUuid"u8, patch.Uuid);
        json.WriteString("name"u8, patch.NameLabel);
        json.WriteString("description"u8, patch.NameDescription);
        json.WriteNumber("size"u8, patch.Size);
        shape.Words("guidance"u8, patch.AfterApplyGuidance);
        shape.Links("$host_patches"u8, patch.HostPatches);
    }
}
