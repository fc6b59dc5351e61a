// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="GpuGroup"/>'s fields.</summary>
public static class GpuGroupFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Pgpus = 3;
    public const int Vgpus = 4;
    public const int GpuTypes = 5;
    public const int OtherConfig = 6;
    public const int AllocationAlgorithm = 7;
    public const int SupportedVgpuTypes = 8;
    public const int EnabledVgpuTypes = 9;
}

internal sealed class GpuGroupCodec : XapiCodec
{
    private static readonly GpuGroup s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(GpuGroup.Uuid), "string", false),
        new(1, "name_label", nameof(GpuGroup.NameLabel), "string", false),
        new(2, "name_description", nameof(GpuGroup.NameDescription), "string", false),
        new(3, "PGPUs", nameof(GpuGroup.Pgpus), "PGPU ref set", false),
        new(4, "VGPUs", nameof(GpuGroup.Vgpus), "VGPU ref set", false),
        new(5, "GPU_types", nameof(GpuGroup.GpuTypes), "string set", false),
        new(6, "other_config", nameof(GpuGroup.OtherConfig), "(string -> string) map", false),
        new(7, "allocation_algorithm", nameof(GpuGroup.AllocationAlgorithm), "enum allocation_algorithm", false),
        new(8, "supported_VGPU_types", nameof(GpuGroup.SupportedVgpuTypes), "VGPU_type ref set", false),
        new(9, "enabled_VGPU_types", nameof(GpuGroup.EnabledVgpuTypes), "VGPU_type ref set", false),
    ]);

    public override XapiClass Class => XapiClass.GpuGroup;

    public override string WireName => "GPU_group";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as GpuGroup ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.GpuGroup);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Pgpus;
        var f4 = s_blank.Vgpus;
        var f5 = s_blank.GpuTypes;
        var f6 = s_blank.OtherConfig;
        var f7 = s_blank.AllocationAlgorithm;
        var f8 = s_blank.SupportedVgpuTypes;
        var f9 = s_blank.EnabledVgpuTypes;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Read(ref reader, before.Pgpus, context); break;
                case 4: f4 = SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Read(ref reader, before.Vgpus, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.GpuTypes, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.OtherConfig, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.AllocationAlgorithm, context); break;
                case 8: f8 = SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Read(ref reader, before.SupportedVgpuTypes, context); break;
                case 9: f9 = SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Read(ref reader, before.EnabledVgpuTypes, context); break;
                default: reader.Skip(); break;
            }
        }

        return new GpuGroup
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Pgpus = f3,
            Vgpus = f4,
            GpuTypes = f5,
            OtherConfig = f6,
            AllocationAlgorithm = f7,
            SupportedVgpuTypes = f8,
            EnabledVgpuTypes = f9,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((GpuGroup)a, (GpuGroup)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Same(x.Pgpus, y.Pgpus)) changed = changed.With(3);
        if (!SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Same(x.Vgpus, y.Vgpus)) changed = changed.With(4);
        if (!SetWire<string, TextWire>.Same(x.GpuTypes, y.GpuTypes)) changed = changed.With(5);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(6);
        if (!EnumWire<AllocationAlgorithm>.Same(x.AllocationAlgorithm, y.AllocationAlgorithm)) changed = changed.With(7);
        if (!SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Same(x.SupportedVgpuTypes, y.SupportedVgpuTypes)) changed = changed.With(8);
        if (!SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Same(x.EnabledVgpuTypes, y.EnabledVgpuTypes)) changed = changed.With(9);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (GpuGroup)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Write(writer, x.Pgpus); break;
            case 4: SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Write(writer, x.Vgpus); break;
            case 5: SetWire<string, TextWire>.Write(writer, x.GpuTypes); break;
            case 6: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 7: EnumWire<AllocationAlgorithm>.Write(writer, x.AllocationAlgorithm); break;
            case 8: SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Write(writer, x.SupportedVgpuTypes); break;
            case 9: SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Write(writer, x.EnabledVgpuTypes); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "GPU_group has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (GpuGroup)value;
        SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Visit(x.Pgpus, 3, visitor);
        SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Visit(x.Vgpus, 4, visitor);
        SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Visit(x.SupportedVgpuTypes, 8, visitor);
        SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Visit(x.EnabledVgpuTypes, 9, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F5;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F6;
        public FieldMemo<AllocationAlgorithm, EnumWire<AllocationAlgorithm>> F7;
    }
}
