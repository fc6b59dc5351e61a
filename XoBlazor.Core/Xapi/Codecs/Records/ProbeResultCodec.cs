// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="ProbeResult"/>'s fields.</summary>
public static class ProbeResultFields
{
    public const int Configuration = 0;
    public const int Complete = 1;
    public const int Sr = 2;
    public const int ExtraInfo = 3;
}

internal sealed class ProbeResultCodec : XapiCodec
{
    private static readonly ProbeResult s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "configuration", nameof(ProbeResult.Configuration), "(string -> string) map", false),
        new(1, "complete", nameof(ProbeResult.Complete), "bool", false),
        new(2, "sr", nameof(ProbeResult.Sr), "sr_stat record option", false),
        new(3, "extra_info", nameof(ProbeResult.ExtraInfo), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.ProbeResult;

    public override string WireName => "probe_result";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as ProbeResult ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.ProbeResult);
        var f0 = s_blank.Configuration;
        var f1 = s_blank.Complete;
        var f2 = s_blank.Sr;
        var f3 = s_blank.ExtraInfo;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = memo.F0.Read(ref reader, before.Configuration, context); break;
                case 1: f1 = BoolWire.Read(ref reader, before.Complete, context); break;
                case 2: f2 = RecordWire<SrStat>.Read(ref reader, before.Sr, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.ExtraInfo, context); break;
                default: reader.Skip(); break;
            }
        }

        return new ProbeResult
        {
            Ref = reference,
            Configuration = f0,
            Complete = f1,
            Sr = f2,
            ExtraInfo = f3,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((ProbeResult)a, (ProbeResult)b);
        var changed = FieldSet.None;
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Configuration, y.Configuration)) changed = changed.With(0);
        if (!BoolWire.Same(x.Complete, y.Complete)) changed = changed.With(1);
        if (!RecordWire<SrStat>.Same(x.Sr, y.Sr)) changed = changed.With(2);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.ExtraInfo, y.ExtraInfo)) changed = changed.With(3);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (ProbeResult)value;
        switch (field)
        {
            case 0: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Configuration); break;
            case 1: BoolWire.Write(writer, x.Complete); break;
            case 2: RecordWire<SrStat>.Write(writer, x.Sr); break;
            case 3: MapWire<string, TextWire, string, TextWire>.Write(writer, x.ExtraInfo); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "probe_result has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F0;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F3;
    }
}
