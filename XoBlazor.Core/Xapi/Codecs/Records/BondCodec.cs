// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Bond"/>'s fields.</summary>
public static class BondFields
{
    public const int Uuid = 0;
    public const int Master = 1;
    public const int Slaves = 2;
    public const int OtherConfig = 3;
    public const int PrimarySlave = 4;
    public const int Mode = 5;
    public const int Properties = 6;
    public const int LinksUp = 7;
    public const int AutoUpdateMac = 8;
}

internal sealed class BondCodec : XapiCodec
{
    private static readonly Bond s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Bond.Uuid), "string", false),
        new(1, "master", nameof(Bond.Master), "PIF ref", false),
        new(2, "slaves", nameof(Bond.Slaves), "PIF ref set", false),
        new(3, "other_config", nameof(Bond.OtherConfig), "(string -> string) map", false),
        new(4, "primary_slave", nameof(Bond.PrimarySlave), "PIF ref", false),
        new(5, "mode", nameof(Bond.Mode), "enum bond_mode", false),
        new(6, "properties", nameof(Bond.Properties), "(string -> string) map", false),
        new(7, "links_up", nameof(Bond.LinksUp), "int", false),
        new(8, "auto_update_mac", nameof(Bond.AutoUpdateMac), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.Bond;

    public override string WireName => "Bond";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Bond ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Bond);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Master;
        var f2 = s_blank.Slaves;
        var f3 = s_blank.OtherConfig;
        var f4 = s_blank.PrimarySlave;
        var f5 = s_blank.Mode;
        var f6 = s_blank.Properties;
        var f7 = s_blank.LinksUp;
        var f8 = s_blank.AutoUpdateMac;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Pif>.Read(ref reader, before.Master, context); break;
                case 2: f2 = SetWire<XenRef<Pif>, RefWire<Pif>>.Read(ref reader, before.Slaves, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.OtherConfig, context); break;
                case 4: f4 = RefWire<Pif>.Read(ref reader, before.PrimarySlave, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Mode, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Properties, context); break;
                case 7: f7 = IntWire.Read(ref reader, before.LinksUp, context); break;
                case 8: f8 = BoolWire.Read(ref reader, before.AutoUpdateMac, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Bond
        {
            Ref = reference,
            Uuid = f0,
            Master = f1,
            Slaves = f2,
            OtherConfig = f3,
            PrimarySlave = f4,
            Mode = f5,
            Properties = f6,
            LinksUp = f7,
            AutoUpdateMac = f8,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Bond)a, (Bond)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Pif>.Same(x.Master, y.Master)) changed = changed.With(1);
        if (!SetWire<XenRef<Pif>, RefWire<Pif>>.Same(x.Slaves, y.Slaves)) changed = changed.With(2);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(3);
        if (!RefWire<Pif>.Same(x.PrimarySlave, y.PrimarySlave)) changed = changed.With(4);
        if (!EnumWire<BondMode>.Same(x.Mode, y.Mode)) changed = changed.With(5);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Properties, y.Properties)) changed = changed.With(6);
        if (!IntWire.Same(x.LinksUp, y.LinksUp)) changed = changed.With(7);
        if (!BoolWire.Same(x.AutoUpdateMac, y.AutoUpdateMac)) changed = changed.With(8);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Bond)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Pif>.Write(writer, x.Master); break;
            case 2: SetWire<XenRef<Pif>, RefWire<Pif>>.Write(writer, x.Slaves); break;
            case 3: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 4: RefWire<Pif>.Write(writer, x.PrimarySlave); break;
            case 5: EnumWire<BondMode>.Write(writer, x.Mode); break;
            case 6: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Properties); break;
            case 7: IntWire.Write(writer, x.LinksUp); break;
            case 8: BoolWire.Write(writer, x.AutoUpdateMac); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Bond has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Bond)value;
        RefWire<Pif>.Visit(x.Master, 1, visitor);
        SetWire<XenRef<Pif>, RefWire<Pif>>.Visit(x.Slaves, 2, visitor);
        RefWire<Pif>.Visit(x.PrimarySlave, 4, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F3;
        public FieldMemo<BondMode, EnumWire<BondMode>> F5;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F6;
    }
}
