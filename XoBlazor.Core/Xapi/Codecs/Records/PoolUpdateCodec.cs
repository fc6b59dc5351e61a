// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="PoolUpdate"/>'s fields.</summary>
public static class PoolUpdateFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Version = 3;
    public const int InstallationSize = 4;
    public const int Key = 5;
    public const int AfterApplyGuidance = 6;
    public const int Vdi = 7;
    public const int Hosts = 8;
    public const int OtherConfig = 9;
    public const int EnforceHomogeneity = 10;
}

internal sealed class PoolUpdateCodec : XapiCodec
{
    private static readonly PoolUpdate s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(PoolUpdate.Uuid), "string", false),
        new(1, "name_label", nameof(PoolUpdate.NameLabel), "string", false),
        new(2, "name_description", nameof(PoolUpdate.NameDescription), "string", false),
        new(3, "version", nameof(PoolUpdate.Version), "string", false),
        new(4, "installation_size", nameof(PoolUpdate.InstallationSize), "int", false),
        new(5, "key", nameof(PoolUpdate.Key), "string", false),
        new(6, "after_apply_guidance", nameof(PoolUpdate.AfterApplyGuidance), "enum update_after_apply_guidance set", false),
        new(7, "vdi", nameof(PoolUpdate.Vdi), "VDI ref", false),
        new(8, "hosts", nameof(PoolUpdate.Hosts), "host ref set", false),
        new(9, "other_config", nameof(PoolUpdate.OtherConfig), "(string -> string) map", false),
        new(10, "enforce_homogeneity", nameof(PoolUpdate.EnforceHomogeneity), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.PoolUpdate;

    public override string WireName => "pool_update";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as PoolUpdate ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.PoolUpdate);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Version;
        var f4 = s_blank.InstallationSize;
        var f5 = s_blank.Key;
        var f6 = s_blank.AfterApplyGuidance;
        var f7 = s_blank.Vdi;
        var f8 = s_blank.Hosts;
        var f9 = s_blank.OtherConfig;
        var f10 = s_blank.EnforceHomogeneity;
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
                case 4: f4 = IntWire.Read(ref reader, before.InstallationSize, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Key, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.AfterApplyGuidance, context); break;
                case 7: f7 = RefWire<Vdi>.Read(ref reader, before.Vdi, context); break;
                case 8: f8 = SetWire<XenRef<Host>, RefWire<Host>>.Read(ref reader, before.Hosts, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.OtherConfig, context); break;
                case 10: f10 = BoolWire.Read(ref reader, before.EnforceHomogeneity, context); break;
                default: reader.Skip(); break;
            }
        }

        return new PoolUpdate
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Version = f3,
            InstallationSize = f4,
            Key = f5,
            AfterApplyGuidance = f6,
            Vdi = f7,
            Hosts = f8,
            OtherConfig = f9,
            EnforceHomogeneity = f10,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((PoolUpdate)a, (PoolUpdate)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!TextWire.Same(x.Version, y.Version)) changed = changed.With(3);
        if (!IntWire.Same(x.InstallationSize, y.InstallationSize)) changed = changed.With(4);
        if (!TextWire.Same(x.Key, y.Key)) changed = changed.With(5);
        if (!EnumSetWire<UpdateAfterApplyGuidance>.Same(x.AfterApplyGuidance, y.AfterApplyGuidance)) changed = changed.With(6);
        if (!RefWire<Vdi>.Same(x.Vdi, y.Vdi)) changed = changed.With(7);
        if (!SetWire<XenRef<Host>, RefWire<Host>>.Same(x.Hosts, y.Hosts)) changed = changed.With(8);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(9);
        if (!BoolWire.Same(x.EnforceHomogeneity, y.EnforceHomogeneity)) changed = changed.With(10);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (PoolUpdate)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: TextWire.Write(writer, x.Version); break;
            case 4: IntWire.Write(writer, x.InstallationSize); break;
            case 5: TextWire.Write(writer, x.Key); break;
            case 6: EnumSetWire<UpdateAfterApplyGuidance>.Write(writer, x.AfterApplyGuidance); break;
            case 7: RefWire<Vdi>.Write(writer, x.Vdi); break;
            case 8: SetWire<XenRef<Host>, RefWire<Host>>.Write(writer, x.Hosts); break;
            case 9: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 10: BoolWire.Write(writer, x.EnforceHomogeneity); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "pool_update has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (PoolUpdate)value;
        RefWire<Vdi>.Visit(x.Vdi, 7, visitor);
        SetWire<XenRef<Host>, RefWire<Host>>.Visit(x.Hosts, 8, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F5;
        public FieldMemo<EnumSet<UpdateAfterApplyGuidance>, EnumSetWire<UpdateAfterApplyGuidance>> F6;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F9;
    }
}
