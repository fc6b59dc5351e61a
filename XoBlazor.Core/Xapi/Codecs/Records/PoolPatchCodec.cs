// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="PoolPatch"/>'s fields.</summary>
public static class PoolPatchFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Version = 3;
    public const int Size = 4;
    public const int PoolApplied = 5;
    public const int HostPatches = 6;
    public const int AfterApplyGuidance = 7;
    public const int PoolUpdate = 8;
    public const int OtherConfig = 9;
}

internal sealed class PoolPatchCodec : XapiCodec
{
    private static readonly PoolPatch s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(PoolPatch.Uuid), "string", false),
        new(1, "name_label", nameof(PoolPatch.NameLabel), "string", false),
        new(2, "name_description", nameof(PoolPatch.NameDescription), "string", false),
        new(3, "version", nameof(PoolPatch.Version), "string", false),
        new(4, "size", nameof(PoolPatch.Size), "int", false),
        new(5, "pool_applied", nameof(PoolPatch.PoolApplied), "bool", false),
        new(6, "host_patches", nameof(PoolPatch.HostPatches), "host_patch ref set", false),
        new(7, "after_apply_guidance", nameof(PoolPatch.AfterApplyGuidance), "enum after_apply_guidance set", false),
        new(8, "pool_update", nameof(PoolPatch.PoolUpdate), "pool_update ref", false),
        new(9, "other_config", nameof(PoolPatch.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.PoolPatch;

    public override string WireName => "pool_patch";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as PoolPatch ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.PoolPatch);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Version;
        var f4 = s_blank.Size;
        var f5 = s_blank.PoolApplied;
        var f6 = s_blank.HostPatches;
        var f7 = s_blank.AfterApplyGuidance;
        var f8 = s_blank.PoolUpdate;
        var f9 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Version, context); break;
                case 4: f4 = IntWire.Read(ref reader, before.Size, context); break;
                case 5: f5 = BoolWire.Read(ref reader, before.PoolApplied, context); break;
                case 6: f6 = SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Read(ref reader, before.HostPatches, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.AfterApplyGuidance, context); break;
                case 8: f8 = RefWire<PoolUpdate>.Read(ref reader, before.PoolUpdate, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new PoolPatch
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Version = f3,
            Size = f4,
            PoolApplied = f5,
            HostPatches = f6,
            AfterApplyGuidance = f7,
            PoolUpdate = f8,
            OtherConfig = f9,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((PoolPatch)a, (PoolPatch)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!TextWire.Same(x.Version, y.Version)) changed = changed.With(3);
        if (!IntWire.Same(x.Size, y.Size)) changed = changed.With(4);
        if (!BoolWire.Same(x.PoolApplied, y.PoolApplied)) changed = changed.With(5);
        if (!SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Same(x.HostPatches, y.HostPatches)) changed = changed.With(6);
        if (!EnumSetWire<AfterApplyGuidance>.Same(x.AfterApplyGuidance, y.AfterApplyGuidance)) changed = changed.With(7);
        if (!RefWire<PoolUpdate>.Same(x.PoolUpdate, y.PoolUpdate)) changed = changed.With(8);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(9);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (PoolPatch)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: TextWire.Write(writer, x.Version); break;
            case 4: IntWire.Write(writer, x.Size); break;
            case 5: BoolWire.Write(writer, x.PoolApplied); break;
            case 6: SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Write(writer, x.HostPatches); break;
            case 7: EnumSetWire<AfterApplyGuidance>.Write(writer, x.AfterApplyGuidance); break;
            case 8: RefWire<PoolUpdate>.Write(writer, x.PoolUpdate); break;
            case 9: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "pool_patch has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (PoolPatch)value;
        SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Visit(x.HostPatches, 6, visitor);
        RefWire<PoolUpdate>.Visit(x.PoolUpdate, 8, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<EnumSet<AfterApplyGuidance>, EnumSetWire<AfterApplyGuidance>> F7;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F9;
    }
}
