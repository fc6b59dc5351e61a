// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="SrStat"/>'s fields.</summary>
public static class SrStatFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int FreeSpace = 3;
    public const int TotalSpace = 4;
    public const int Clustered = 5;
    public const int Health = 6;
}

internal sealed class SrStatCodec : XapiCodec
{
    private static readonly SrStat s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(SrStat.Uuid), "string option", false),
        new(1, "name_label", nameof(SrStat.NameLabel), "string", false),
        new(2, "name_description", nameof(SrStat.NameDescription), "string", false),
        new(3, "free_space", nameof(SrStat.FreeSpace), "int", false),
        new(4, "total_space", nameof(SrStat.TotalSpace), "int", false),
        new(5, "clustered", nameof(SrStat.Clustered), "bool", false),
        new(6, "health", nameof(SrStat.Health), "enum sr_health", false),
    ]);

    public override XapiClass Class => XapiClass.SrStat;

    public override string WireName => "sr_stat";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as SrStat ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.SrStat);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.FreeSpace;
        var f4 = s_blank.TotalSpace;
        var f5 = s_blank.Clustered;
        var f6 = s_blank.Health;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.FreeSpace, context); break;
                case 4: f4 = IntWire.Read(ref reader, before.TotalSpace, context); break;
                case 5: f5 = BoolWire.Read(ref reader, before.Clustered, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Health, context); break;
                default: reader.Skip(); break;
            }
        }

        return new SrStat
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            FreeSpace = f3,
            TotalSpace = f4,
            Clustered = f5,
            Health = f6,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((SrStat)a, (SrStat)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!IntWire.Same(x.FreeSpace, y.FreeSpace)) changed = changed.With(3);
        if (!IntWire.Same(x.TotalSpace, y.TotalSpace)) changed = changed.With(4);
        if (!BoolWire.Same(x.Clustered, y.Clustered)) changed = changed.With(5);
        if (!EnumWire<SrHealth>.Same(x.Health, y.Health)) changed = changed.With(6);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (SrStat)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: IntWire.Write(writer, x.FreeSpace); break;
            case 4: IntWire.Write(writer, x.TotalSpace); break;
            case 5: BoolWire.Write(writer, x.Clustered); break;
            case 6: EnumWire<SrHealth>.Write(writer, x.Health); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "sr_stat has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<SrHealth, EnumWire<SrHealth>> F6;
    }
}
