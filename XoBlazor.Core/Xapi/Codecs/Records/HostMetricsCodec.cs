// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="HostMetrics"/>'s fields.</summary>
public static class HostMetricsFields
{
    public const int Uuid = 0;
    public const int MemoryTotal = 1;
    public const int MemoryFree = 2;
    public const int Live = 3;
    public const int LastUpdated = 4;
    public const int OtherConfig = 5;
}

internal sealed class HostMetricsCodec : XapiCodec
{
    private static readonly HostMetrics s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(HostMetrics.Uuid), "string", false),
        new(1, "memory_total", nameof(HostMetrics.MemoryTotal), "int", false),
        new(2, "memory_free", nameof(HostMetrics.MemoryFree), "int", true),
        new(3, "live", nameof(HostMetrics.Live), "bool", false),
        new(4, "last_updated", nameof(HostMetrics.LastUpdated), "datetime", false),
        new(5, "other_config", nameof(HostMetrics.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.HostMetrics;

    public override string WireName => "host_metrics";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as HostMetrics ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.HostMetrics);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.MemoryTotal;
        var f2 = s_blank.MemoryFree;
        var f3 = s_blank.Live;
        var f4 = s_blank.LastUpdated;
        var f5 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = IntWire.Read(ref reader, before.MemoryTotal, context); break;
                case 2: f2 = IntWire.Read(ref reader, before.MemoryFree, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.Live, context); break;
                case 4: f4 = TimeWire.Read(ref reader, before.LastUpdated, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new HostMetrics
        {
            Ref = reference,
            Uuid = f0,
            MemoryTotal = f1,
            MemoryFree = f2,
            Live = f3,
            LastUpdated = f4,
            OtherConfig = f5,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((HostMetrics)a, (HostMetrics)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!IntWire.Same(x.MemoryTotal, y.MemoryTotal)) changed = changed.With(1);
        if (!IntWire.Same(x.MemoryFree, y.MemoryFree)) changed = changed.With(2);
        if (!BoolWire.Same(x.Live, y.Live)) changed = changed.With(3);
        if (!TimeWire.Same(x.LastUpdated, y.LastUpdated)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(5);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (HostMetrics)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: IntWire.Write(writer, x.MemoryTotal); break;
            case 2: IntWire.Write(writer, x.MemoryFree); break;
            case 3: BoolWire.Write(writer, x.Live); break;
            case 4: TimeWire.Write(writer, x.LastUpdated); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "host_metrics has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
    }
}
