using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>A patch of the kind before 7.1 as it is on one host; what it is for is said by the pool's record of it.</summary>
internal static class PatchShape
{
    public static void Write(XoShape shape, HostPatch patch)
    {
        var json = shape.Json;
        var ofPool = shape.Read(patch.PoolPatch, PoolPatchFields.NameLabel, PoolPatchFields.NameDescription, PoolPatchFields.Size, PoolPatchFields.AfterApplyGuidance, PoolPatchFields.PoolUpdate);
        json.WriteBoolean("applied"u8, patch.Applied);
        shape.Time("time"u8, patch.TimestampApplied);
        json.WriteString("name"u8, ofPool?.NameLabel ?? patch.NameLabel);
        json.WriteString("description"u8, ofPool?.NameDescription ?? patch.NameDescription);
        json.WriteNumber("size"u8, ofPool?.Size ?? patch.Size);
        if (ofPool is not null)
        {
            shape.Words("guidance"u8, ofPool.AfterApplyGuidance);
            if (shape.Read(ofPool.PoolUpdate, PoolUpdateFields.EnforceHomogeneity) is { } update)
                json.WriteBoolean("enforceHomogeneity"u8, update.EnforceHomogeneity);
        }

        shape.Link("pool_patch"u8, patch.PoolPatch);
        shape.Link("$host"u8, patch.Host);
    }
}
