// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Lvhd"/>'s fields.</summary>
public static class LvhdFields
{
    public const int Uuid = 0;
}

internal sealed class LvhdCodec : XapiCodec
{
    private static readonly Lvhd s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Lvhd.Uuid), "string", false),
    ]);

    public override XapiClass Class => XapiClass.Lvhd;

    public override string WireName => "LVHD";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Lvhd ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Lvhd);
        var f0 = s_blank.Uuid;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Lvhd
        {
            Ref = reference,
            Uuid = f0,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Lvhd)a, (Lvhd)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Lvhd)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "LVHD has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
    }
}
