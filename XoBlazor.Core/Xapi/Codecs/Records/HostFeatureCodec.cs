// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="HostFeature"/>'s fields.</summary>
public static class HostFeatureFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Enabled = 3;
    public const int Experimental = 4;
    public const int Version = 5;
    public const int Host = 6;
}

internal sealed class HostFeatureCodec : XapiCodec
{
    private static readonly HostFeature s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(HostFeature.Uuid), "string", false),
        new(1, "name_label", nameof(HostFeature.NameLabel), "string", false),
        new(2, "name_description", nameof(HostFeature.NameDescription), "string", false),
        new(3, "enabled", nameof(HostFeature.Enabled), "bool", false),
        new(4, "experimental", nameof(HostFeature.Experimental), "bool", false),
        new(5, "version", nameof(HostFeature.Version), "string", false),
        new(6, "host", nameof(HostFeature.Host), "host ref", false),
    ]);

    public override XapiClass Class => XapiClass.HostFeature;

    public override string WireName => "Feature";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as HostFeature ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.HostFeature);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Enabled;
        var f4 = s_blank.Experimental;
        var f5 = s_blank.Version;
        var f6 = s_blank.Host;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.Enabled, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.Experimental, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Version, context); break;
                case 6: f6 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                default: reader.Skip(); break;
            }
        }

        return new HostFeature
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Enabled = f3,
            Experimental = f4,
            Version = f5,
            Host = f6,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((HostFeature)a, (HostFeature)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!BoolWire.Same(x.Enabled, y.Enabled)) changed = changed.With(3);
        if (!BoolWire.Same(x.Experimental, y.Experimental)) changed = changed.With(4);
        if (!TextWire.Same(x.Version, y.Version)) changed = changed.With(5);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(6);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (HostFeature)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: BoolWire.Write(writer, x.Enabled); break;
            case 4: BoolWire.Write(writer, x.Experimental); break;
            case 5: TextWire.Write(writer, x.Version); break;
            case 6: RefWire<Host>.Write(writer, x.Host); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Feature has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (HostFeature)value;
        RefWire<Host>.Visit(x.Host, 6, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F5;
    }
}
