// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vlan"/>'s fields.</summary>
public static class VlanFields
{
    public const int Uuid = 0;
    public const int TaggedPif = 1;
    public const int UntaggedPif = 2;
    public const int Tag = 3;
    public const int OtherConfig = 4;
}

internal sealed class VlanCodec : XapiCodec
{
    private static readonly Vlan s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vlan.Uuid), "string", false),
        new(1, "tagged_PIF", nameof(Vlan.TaggedPif), "PIF ref", false),
        new(2, "untagged_PIF", nameof(Vlan.UntaggedPif), "PIF ref", false),
        new(3, "tag", nameof(Vlan.Tag), "int", false),
        new(4, "other_config", nameof(Vlan.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.Vlan;

    public override string WireName => "VLAN";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vlan ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vlan);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.TaggedPif;
        var f2 = s_blank.UntaggedPif;
        var f3 = s_blank.Tag;
        var f4 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Pif>.Read(ref reader, before.TaggedPif, context); break;
                case 2: f2 = RefWire<Pif>.Read(ref reader, before.UntaggedPif, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.Tag, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vlan
        {
            Ref = reference,
            Uuid = f0,
            TaggedPif = f1,
            UntaggedPif = f2,
            Tag = f3,
            OtherConfig = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vlan)a, (Vlan)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Pif>.Same(x.TaggedPif, y.TaggedPif)) changed = changed.With(1);
        if (!RefWire<Pif>.Same(x.UntaggedPif, y.UntaggedPif)) changed = changed.With(2);
        if (!IntWire.Same(x.Tag, y.Tag)) changed = changed.With(3);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vlan)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Pif>.Write(writer, x.TaggedPif); break;
            case 2: RefWire<Pif>.Write(writer, x.UntaggedPif); break;
            case 3: IntWire.Write(writer, x.Tag); break;
            case 4: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VLAN has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vlan)value;
        RefWire<Pif>.Visit(x.TaggedPif, 1, visitor);
        RefWire<Pif>.Visit(x.UntaggedPif, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F4;
    }
}
