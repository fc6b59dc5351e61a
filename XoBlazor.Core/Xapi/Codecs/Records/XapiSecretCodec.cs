// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiSecret"/>'s fields.</summary>
public static class XapiSecretFields
{
    public const int Uuid = 0;
    public const int Value = 1;
    public const int OtherConfig = 2;
}

internal sealed class XapiSecretCodec : XapiCodec
{
    private static readonly XapiSecret s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiSecret.Uuid), "string", false),
        new(1, "value", nameof(XapiSecret.Value), "string", false),
        new(2, "other_config", nameof(XapiSecret.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.XapiSecret;

    public override string WireName => "secret";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiSecret ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiSecret);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Value;
        var f2 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Value, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiSecret
        {
            Ref = reference,
            Uuid = f0,
            Value = f1,
            OtherConfig = f2,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiSecret)a, (XapiSecret)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.Value, y.Value)) changed = changed.With(1);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(2);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiSecret)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.Value); break;
            case 2: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "secret has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F2;
    }
}
