// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VgpuType"/>'s fields.</summary>
public static class VgpuTypeFields
{
    public const int Uuid = 0;
    public const int VendorName = 1;
    public const int ModelName = 2;
    public const int FramebufferSize = 3;
    public const int MaxHeads = 4;
    public const int MaxResolutionX = 5;
    public const int MaxResolutionY = 6;
    public const int SupportedOnPgpus = 7;
    public const int EnabledOnPgpus = 8;
    public const int Vgpus = 9;
    public const int SupportedOnGpuGroups = 10;
    public const int EnabledOnGpuGroups = 11;
    public const int Implementation = 12;
    public const int Identifier = 13;
    public const int Experimental = 14;
    public const int CompatibleTypesInVm = 15;
}

internal sealed class VgpuTypeCodec : XapiCodec
{
    private static readonly VgpuType s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(VgpuType.Uuid), "string", false),
        new(1, "vendor_name", nameof(VgpuType.VendorName), "string", false),
        new(2, "model_name", nameof(VgpuType.ModelName), "string", false),
        new(3, "framebuffer_size", nameof(VgpuType.FramebufferSize), "int", false),
        new(4, "max_heads", nameof(VgpuType.MaxHeads), "int", false),
        new(5, "max_resolution_x", nameof(VgpuType.MaxResolutionX), "int", false),
        new(6, "max_resolution_y", nameof(VgpuType.MaxResolutionY), "int", false),
        new(7, "supported_on_PGPUs", nameof(VgpuType.SupportedOnPgpus), "PGPU ref set", false),
        new(8, "enabled_on_PGPUs", nameof(VgpuType.EnabledOnPgpus), "PGPU ref set", false),
        new(9, "VGPUs", nameof(VgpuType.Vgpus), "VGPU ref set", false),
        new(10, "supported_on_GPU_groups", nameof(VgpuType.SupportedOnGpuGroups), "GPU_group ref set", false),
        new(11, "enabled_on_GPU_groups", nameof(VgpuType.EnabledOnGpuGroups), "GPU_group ref set", false),
        new(12, "implementation", nameof(VgpuType.Implementation), "enum vgpu_type_implementation", false),
        new(13, "identifier", nameof(VgpuType.Identifier), "string", false),
        new(14, "experimental", nameof(VgpuType.Experimental), "bool", false),
        new(15, "compatible_types_in_vm", nameof(VgpuType.CompatibleTypesInVm), "VGPU_type ref set", false),
    ]);

    public override XapiClass Class => XapiClass.VgpuType;

    public override string WireName => "VGPU_type";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VgpuType ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VgpuType);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.VendorName;
        var f2 = s_blank.ModelName;
        var f3 = s_blank.FramebufferSize;
        var f4 = s_blank.MaxHeads;
        var f5 = s_blank.MaxResolutionX;
        var f6 = s_blank.MaxResolutionY;
        var f7 = s_blank.SupportedOnPgpus;
        var f8 = s_blank.EnabledOnPgpus;
        var f9 = s_blank.Vgpus;
        var f10 = s_blank.SupportedOnGpuGroups;
        var f11 = s_blank.EnabledOnGpuGroups;
        var f12 = s_blank.Implementation;
        var f13 = s_blank.Identifier;
        var f14 = s_blank.Experimental;
        var f15 = s_blank.CompatibleTypesInVm;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.VendorName, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.ModelName, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.FramebufferSize, context); break;
                case 4: f4 = IntWire.Read(ref reader, before.MaxHeads, context); break;
                case 5: f5 = IntWire.Read(ref reader, before.MaxResolutionX, context); break;
                case 6: f6 = IntWire.Read(ref reader, before.MaxResolutionY, context); break;
                case 7: f7 = SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Read(ref reader, before.SupportedOnPgpus, context); break;
                case 8: f8 = SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Read(ref reader, before.EnabledOnPgpus, context); break;
                case 9: f9 = SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Read(ref reader, before.Vgpus, context); break;
                case 10: f10 = SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Read(ref reader, before.SupportedOnGpuGroups, context); break;
                case 11: f11 = SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Read(ref reader, before.EnabledOnGpuGroups, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.Implementation, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.Identifier, context); break;
                case 14: f14 = BoolWire.Read(ref reader, before.Experimental, context); break;
                case 15: f15 = SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Read(ref reader, before.CompatibleTypesInVm, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VgpuType
        {
            Ref = reference,
            Uuid = f0,
            VendorName = f1,
            ModelName = f2,
            FramebufferSize = f3,
            MaxHeads = f4,
            MaxResolutionX = f5,
            MaxResolutionY = f6,
            SupportedOnPgpus = f7,
            EnabledOnPgpus = f8,
            Vgpus = f9,
            SupportedOnGpuGroups = f10,
            EnabledOnGpuGroups = f11,
            Implementation = f12,
            Identifier = f13,
            Experimental = f14,
            CompatibleTypesInVm = f15,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VgpuType)a, (VgpuType)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.VendorName, y.VendorName)) changed = changed.With(1);
        if (!TextWire.Same(x.ModelName, y.ModelName)) changed = changed.With(2);
        if (!IntWire.Same(x.FramebufferSize, y.FramebufferSize)) changed = changed.With(3);
        if (!IntWire.Same(x.MaxHeads, y.MaxHeads)) changed = changed.With(4);
        if (!IntWire.Same(x.MaxResolutionX, y.MaxResolutionX)) changed = changed.With(5);
        if (!IntWire.Same(x.MaxResolutionY, y.MaxResolutionY)) changed = changed.With(6);
        if (!SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Same(x.SupportedOnPgpus, y.SupportedOnPgpus)) changed = changed.With(7);
        if (!SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Same(x.EnabledOnPgpus, y.EnabledOnPgpus)) changed = changed.With(8);
        if (!SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Same(x.Vgpus, y.Vgpus)) changed = changed.With(9);
        if (!SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Same(x.SupportedOnGpuGroups, y.SupportedOnGpuGroups)) changed = changed.With(10);
        if (!SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Same(x.EnabledOnGpuGroups, y.EnabledOnGpuGroups)) changed = changed.With(11);
        if (!EnumWire<VgpuTypeImplementation>.Same(x.Implementation, y.Implementation)) changed = changed.With(12);
        if (!TextWire.Same(x.Identifier, y.Identifier)) changed = changed.With(13);
        if (!BoolWire.Same(x.Experimental, y.Experimental)) changed = changed.With(14);
        if (!SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Same(x.CompatibleTypesInVm, y.CompatibleTypesInVm)) changed = changed.With(15);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VgpuType)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.VendorName); break;
            case 2: TextWire.Write(writer, x.ModelName); break;
            case 3: IntWire.Write(writer, x.FramebufferSize); break;
            case 4: IntWire.Write(writer, x.MaxHeads); break;
            case 5: IntWire.Write(writer, x.MaxResolutionX); break;
            case 6: IntWire.Write(writer, x.MaxResolutionY); break;
            case 7: SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Write(writer, x.SupportedOnPgpus); break;
            case 8: SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Write(writer, x.EnabledOnPgpus); break;
            case 9: SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Write(writer, x.Vgpus); break;
            case 10: SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Write(writer, x.SupportedOnGpuGroups); break;
            case 11: SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Write(writer, x.EnabledOnGpuGroups); break;
            case 12: EnumWire<VgpuTypeImplementation>.Write(writer, x.Implementation); break;
            case 13: TextWire.Write(writer, x.Identifier); break;
            case 14: BoolWire.Write(writer, x.Experimental); break;
            case 15: SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Write(writer, x.CompatibleTypesInVm); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VGPU_type has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (VgpuType)value;
        SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Visit(x.SupportedOnPgpus, 7, visitor);
        SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Visit(x.EnabledOnPgpus, 8, visitor);
        SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Visit(x.Vgpus, 9, visitor);
        SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Visit(x.SupportedOnGpuGroups, 10, visitor);
        SetWire<XenRef<GpuGroup>, RefWire<GpuGroup>>.Visit(x.EnabledOnGpuGroups, 11, visitor);
        SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Visit(x.CompatibleTypesInVm, 15, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<VgpuTypeImplementation, EnumWire<VgpuTypeImplementation>> F12;
        public FieldMemo<string, TextWire> F13;
    }
}
