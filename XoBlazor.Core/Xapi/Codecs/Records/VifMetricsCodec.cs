// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VifMetrics"/>'s fields.</summary>
public static class VifMetricsFields
{
    public const int Uuid = 0;
    public const int IoReadKbs = 1;
    public const int IoWriteKbs = 2;
    public const int LastUpdated = 3;
    public const int OtherConfig = 4;
}

internal sealed class VifMetricsCodec : XapiCodec
{
    private static readonly VifMetrics s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(VifMetrics.Uuid), "string", false),
        new(1, "io_read_kbs", nameof(VifMetrics.IoReadKbs), "float", true),
        new(2, "io_write_kbs", nameof(VifMetrics.IoWriteKbs), "float", true),
        new(3, "last_updated", nameof(VifMetrics.LastUpdated), "datetime", false),
        new(4, "other_config", nameof(VifMetrics.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.VifMetrics;

    public override string WireName => "VIF_metrics";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VifMetrics ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VifMetrics);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.IoReadKbs;
        var f2 = s_blank.IoWriteKbs;
        var f3 = s_blank.LastUpdated;
        var f4 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = FloatWire.Read(ref reader, before.IoReadKbs, context); break;
                case 2: f2 = FloatWire.Read(ref reader, before.IoWriteKbs, context); break;
                case 3: f3 = TimeWire.Read(ref reader, before.LastUpdated, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VifMetrics
        {
            Ref = reference,
            Uuid = f0,
            IoReadKbs = f1,
            IoWriteKbs = f2,
            LastUpdated = f3,
            OtherConfig = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VifMetrics)a, (VifMetrics)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!FloatWire.Same(x.IoReadKbs, y.IoReadKbs)) changed = changed.With(1);
        if (!FloatWire.Same(x.IoWriteKbs, y.IoWriteKbs)) changed = changed.With(2);
        if (!TimeWire.Same(x.LastUpdated, y.LastUpdated)) changed = changed.With(3);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VifMetrics)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: FloatWire.Write(writer, x.IoReadKbs); break;
            case 2: FloatWire.Write(writer, x.IoWriteKbs); break;
            case 3: TimeWire.Write(writer, x.LastUpdated); break;
            case 4: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VIF_metrics has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F4;
    }
}
