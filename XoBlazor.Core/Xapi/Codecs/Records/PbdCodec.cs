// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Pbd"/>'s fields.</summary>
public static class PbdFields
{
    public const int Uuid = 0;
    public const int Host = 1;
    public const int Sr = 2;
    public const int DeviceConfig = 3;
    public const int CurrentlyAttached = 4;
    public const int OtherConfig = 5;
}

internal sealed class PbdCodec : XapiCodec
{
    private static readonly Pbd s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Pbd.Uuid), "string", false),
        new(1, "host", nameof(Pbd.Host), "host ref", false),
        new(2, "SR", nameof(Pbd.Sr), "SR ref", false),
        new(3, "device_config", nameof(Pbd.DeviceConfig), "(string -> string) map", false),
        new(4, "currently_attached", nameof(Pbd.CurrentlyAttached), "bool", false),
        new(5, "other_config", nameof(Pbd.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.Pbd;

    public override string WireName => "PBD";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Pbd ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Pbd);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Host;
        var f2 = s_blank.Sr;
        var f3 = s_blank.DeviceConfig;
        var f4 = s_blank.CurrentlyAttached;
        var f5 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 2: f2 = RefWire<Sr>.Read(ref reader, before.Sr, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.DeviceConfig, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.CurrentlyAttached, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Pbd
        {
            Ref = reference,
            Uuid = f0,
            Host = f1,
            Sr = f2,
            DeviceConfig = f3,
            CurrentlyAttached = f4,
            OtherConfig = f5,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Pbd)a, (Pbd)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(1);
        if (!RefWire<Sr>.Same(x.Sr, y.Sr)) changed = changed.With(2);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.DeviceConfig, y.DeviceConfig)) changed = changed.With(3);
        if (!BoolWire.Same(x.CurrentlyAttached, y.CurrentlyAttached)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(5);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Pbd)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Host>.Write(writer, x.Host); break;
            case 2: RefWire<Sr>.Write(writer, x.Sr); break;
            case 3: MapWire<string, TextWire, string, TextWire>.Write(writer, x.DeviceConfig); break;
            case 4: BoolWire.Write(writer, x.CurrentlyAttached); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PBD has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Pbd)value;
        RefWire<Host>.Visit(x.Host, 1, visitor);
        RefWire<Sr>.Visit(x.Sr, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F3;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
    }
}
