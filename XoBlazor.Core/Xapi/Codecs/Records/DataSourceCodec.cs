// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="DataSource"/>'s fields.</summary>
public static class DataSourceFields
{
    public const int NameLabel = 0;
    public const int NameDescription = 1;
    public const int Enabled = 2;
    public const int Standard = 3;
    public const int Units = 4;
    public const int Min = 5;
    public const int Max = 6;
    public const int Value = 7;
}

internal sealed class DataSourceCodec : XapiCodec
{
    private static readonly DataSource s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "name_label", nameof(DataSource.NameLabel), "string", false),
        new(1, "name_description", nameof(DataSource.NameDescription), "string", false),
        new(2, "enabled", nameof(DataSource.Enabled), "bool", false),
        new(3, "standard", nameof(DataSource.Standard), "bool", false),
        new(4, "units", nameof(DataSource.Units), "string", false),
        new(5, "min", nameof(DataSource.Min), "float", false),
        new(6, "max", nameof(DataSource.Max), "float", false),
        new(7, "value", nameof(DataSource.Value), "float", false),
    ]);

    public override XapiClass Class => XapiClass.DataSource;

    public override string WireName => "data_source";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as DataSource ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.DataSource);
        var f0 = s_blank.NameLabel;
        var f1 = s_blank.NameDescription;
        var f2 = s_blank.Enabled;
        var f3 = s_blank.Standard;
        var f4 = s_blank.Units;
        var f5 = s_blank.Min;
        var f6 = s_blank.Max;
        var f7 = s_blank.Value;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = memo.F0.Read(ref reader, before.NameLabel, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameDescription, context); break;
                case 2: f2 = BoolWire.Read(ref reader, before.Enabled, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.Standard, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.Units, context); break;
                case 5: f5 = FloatWire.Read(ref reader, before.Min, context); break;
                case 6: f6 = FloatWire.Read(ref reader, before.Max, context); break;
                case 7: f7 = FloatWire.Read(ref reader, before.Value, context); break;
                default: reader.Skip(); break;
            }
        }

        return new DataSource
        {
            Ref = reference,
            NameLabel = f0,
            NameDescription = f1,
            Enabled = f2,
            Standard = f3,
            Units = f4,
            Min = f5,
            Max = f6,
            Value = f7,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((DataSource)a, (DataSource)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(0);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(1);
        if (!BoolWire.Same(x.Enabled, y.Enabled)) changed = changed.With(2);
        if (!BoolWire.Same(x.Standard, y.Standard)) changed = changed.With(3);
        if (!TextWire.Same(x.Units, y.Units)) changed = changed.With(4);
        if (!FloatWire.Same(x.Min, y.Min)) changed = changed.With(5);
        if (!FloatWire.Same(x.Max, y.Max)) changed = changed.With(6);
        if (!FloatWire.Same(x.Value, y.Value)) changed = changed.With(7);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (DataSource)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.NameLabel); break;
            case 1: TextWire.Write(writer, x.NameDescription); break;
            case 2: BoolWire.Write(writer, x.Enabled); break;
            case 3: BoolWire.Write(writer, x.Standard); break;
            case 4: TextWire.Write(writer, x.Units); break;
            case 5: FloatWire.Write(writer, x.Min); break;
            case 6: FloatWire.Write(writer, x.Max); break;
            case 7: FloatWire.Write(writer, x.Value); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "data_source has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F0;
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F4;
    }
}
