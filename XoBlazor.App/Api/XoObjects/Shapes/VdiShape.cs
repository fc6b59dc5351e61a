using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>Disks, their snapshots, and the parts of chains that storage keeps to itself ("unmanaged").</summary>
internal static class VdiShape
{
    /// <summary>The uuid of the disk that this one keeps only the differences to.</summary>
    public const string ParentKey = "vhd-parent";

    private const int LongestChain = 256;

    public static void Write(XoShape shape, Vdi vdi)
    {
        var json = shape.Json;
        json.WriteString("name_label"u8, vdi.NameLabel);
        json.WriteString("name_description"u8, vdi.NameDescription);
        shape.Texts("tags"u8, vdi.Tags);
        json.WriteNumber("size"u8, vdi.VirtualSize);
        json.WriteNumber("usage"u8, vdi.PhysicalUtilisation);
        shape.Word("VDI_type"u8, vdi.Type);
        json.WriteBoolean("cbt_enabled"u8, vdi.CbtEnabled);
        json.WriteBoolean("missing"u8, vdi.Missing);
        shape.TextOf("image_format"u8, vdi.SmConfig, "image-format");
        shape.Link("parent"u8, Parent(shape, vdi));
        shape.Links("snapshots"u8, vdi.Snapshots);
        shape.Operations(vdi.CurrentOperations);
        shape.Map("other_config"u8, vdi.OtherConfig);
        shape.Link("$SR"u8, vdi.Sr);
        shape.Links("$VBDs"u8, vdi.Vbds);
        if (vdi.IsASnapshot)
        {
            shape.Time("snapshot_time"u8, vdi.SnapshotTime);
            shape.Link("$snapshot_of"u8, vdi.SnapshotOf);
        }

        if (vdi.Managed || vdi.IsASnapshot)
            json.WriteNumber("chainPhysicalUsage"u8, ChainUsage(shape, vdi));
    }

    /// <summary>Chains come from the storage's metadata, and nothing keeps them from going in circles.</summary>
    private static long ChainUsage(XoShape shape, Vdi vdi)
    {
        var usage = vdi.PhysicalUtilisation;
        var parent = Parent(shape, vdi);
        for (var length = 0; parent is not null && !ReferenceEquals(parent, vdi) && length < LongestChain; length++)
        {
            usage += parent.PhysicalUtilisation;
            parent = Parent(shape, parent);
        }

        return usage;
    }

    private static Vdi? Parent(XoShape shape, Vdi vdi) =>
        vdi.SmConfig.TryGetValue(ParentKey, out var uuid) && shape.Pool.GetByUuid<Vdi>(uuid) is { } parent
            ? shape.Note(parent, VdiFields.PhysicalUtilisation, VdiFields.SmConfig) : null;
}
