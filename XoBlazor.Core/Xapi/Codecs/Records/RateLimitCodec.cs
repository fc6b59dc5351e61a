// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="RateLimit"/>'s fields.</summary>
public static class RateLimitFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Callers = 3;
    public const int BurstSize = 4;
    public const int FillRate = 5;
}

internal sealed class RateLimitCodec : XapiCodec
{
    private static readonly RateLimit s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(RateLimit.Uuid), "string", false),
        new(1, "name_label", nameof(RateLimit.NameLabel), "string", false),
        new(2, "name_description", nameof(RateLimit.NameDescription), "string", false),
        new(3, "callers", nameof(RateLimit.Callers), "Caller ref set", false),
        new(4, "burst_size", nameof(RateLimit.BurstSize), "float", false),
        new(5, "fill_rate", nameof(RateLimit.FillRate), "float", false),
    ]);

    public override XapiClass Class => XapiClass.RateLimit;

    public override string WireName => "Rate_limit";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as RateLimit ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.RateLimit);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Callers;
        var f4 = s_blank.BurstSize;
        var f5 = s_blank.FillRate;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = SetWire<XenRef<Caller>, RefWire<Caller>>.Read(ref reader, before.Callers, context); break;
                case 4: f4 = FloatWire.Read(ref reader, before.BurstSize, context); break;
                case 5: f5 = FloatWire.Read(ref reader, before.FillRate, context); break;
                default: reader.Skip(); break;
            }
        }

        return new RateLimit
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Callers = f3,
            BurstSize = f4,
            FillRate = f5,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((RateLimit)a, (RateLimit)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!SetWire<XenRef<Caller>, RefWire<Caller>>.Same(x.Callers, y.Callers)) changed = changed.With(3);
        if (!FloatWire.Same(x.BurstSize, y.BurstSize)) changed = changed.With(4);
        if (!FloatWire.Same(x.FillRate, y.FillRate)) changed = changed.With(5);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (RateLimit)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: SetWire<XenRef<Caller>, RefWire<Caller>>.Write(writer, x.Callers); break;
            case 4: FloatWire.Write(writer, x.BurstSize); break;
            case 5: FloatWire.Write(writer, x.FillRate); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Rate_limit has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (RateLimit)value;
        SetWire<XenRef<Caller>, RefWire<Caller>>.Visit(x.Callers, 3, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
    }
}
