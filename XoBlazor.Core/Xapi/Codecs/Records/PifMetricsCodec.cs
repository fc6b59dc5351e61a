// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="PifMetrics"/>'s fields.</summary>
public static class PifMetricsFields
{
    public const int Uuid = 0;
    public const int IoReadKbs = 1;
    public const int IoWriteKbs = 2;
    public const int Carrier = 3;
    public const int VendorId = 4;
    public const int VendorName = 5;
    public const int DeviceId = 6;
    public const int DeviceName = 7;
    public const int Speed = 8;
    public const int Duplex = 9;
    public const int PciBusPath = 10;
    public const int LastUpdated = 11;
    public const int OtherConfig = 12;
}

internal sealed class PifMetricsCodec : XapiCodec
{
    private static readonly PifMetrics s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(PifMetrics.Uuid), "string", false),
        new(1, "io_read_kbs", nameof(PifMetrics.IoReadKbs), "float", true),
        new(2, "io_write_kbs", nameof(PifMetrics.IoWriteKbs), "float", true),
        new(3, "carrier", nameof(PifMetrics.Carrier), "bool", false),
        new(4, "vendor_id", nameof(PifMetrics.VendorId), "string", false),
        new(5, "vendor_name", nameof(PifMetrics.VendorName), "string", false),
        new(6, "device_id", nameof(PifMetrics.DeviceId), "string", false),
        new(7, "device_name", nameof(PifMetrics.DeviceName), "string", false),
        new(8, "speed", nameof(PifMetrics.Speed), "int", false),
        new(9, "duplex", nameof(PifMetrics.Duplex), "bool", false),
        new(10, "pci_bus_path", nameof(PifMetrics.PciBusPath), "string", false),
        new(11, "last_updated", nameof(PifMetrics.LastUpdated), "datetime", false),
        new(12, "other_config", nameof(PifMetrics.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.PifMetrics;

    public override string WireName => "PIF_metrics";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as PifMetrics ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.PifMetrics);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.IoReadKbs;
        var f2 = s_blank.IoWriteKbs;
        var f3 = s_blank.Carrier;
        var f4 = s_blank.VendorId;
        var f5 = s_blank.VendorName;
        var f6 = s_blank.DeviceId;
        var f7 = s_blank.DeviceName;
        var f8 = s_blank.Speed;
        var f9 = s_blank.Duplex;
        var f10 = s_blank.PciBusPath;
        var f11 = s_blank.LastUpdated;
        var f12 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = FloatWire.Read(ref reader, before.IoReadKbs, context); break;
                case 2: f2 = FloatWire.Read(ref reader, before.IoWriteKbs, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.Carrier, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.VendorId, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.VendorName, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.DeviceId, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.DeviceName, context); break;
                case 8: f8 = IntWire.Read(ref reader, before.Speed, context); break;
                case 9: f9 = BoolWire.Read(ref reader, before.Duplex, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.PciBusPath, context); break;
                case 11: f11 = TimeWire.Read(ref reader, before.LastUpdated, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new PifMetrics
        {
            Ref = reference,
            Uuid = f0,
            IoReadKbs = f1,
            IoWriteKbs = f2,
            Carrier = f3,
            VendorId = f4,
            VendorName = f5,
            DeviceId = f6,
            DeviceName = f7,
            Speed = f8,
            Duplex = f9,
            PciBusPath = f10,
            LastUpdated = f11,
            OtherConfig = f12,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((PifMetrics)a, (PifMetrics)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!FloatWire.Same(x.IoReadKbs, y.IoReadKbs)) changed = changed.With(1);
        if (!FloatWire.Same(x.IoWriteKbs, y.IoWriteKbs)) changed = changed.With(2);
        if (!BoolWire.Same(x.Carrier, y.Carrier)) changed = changed.With(3);
        if (!TextWire.Same(x.VendorId, y.VendorId)) changed = changed.With(4);
        if (!TextWire.Same(x.VendorName, y.VendorName)) changed = changed.With(5);
        if (!TextWire.Same(x.DeviceId, y.DeviceId)) changed = changed.With(6);
        if (!TextWire.Same(x.DeviceName, y.DeviceName)) changed = changed.With(7);
        if (!IntWire.Same(x.Speed, y.Speed)) changed = changed.With(8);
        if (!BoolWire.Same(x.Duplex, y.Duplex)) changed = changed.With(9);
        if (!TextWire.Same(x.PciBusPath, y.PciBusPath)) changed = changed.With(10);
        if (!TimeWire.Same(x.LastUpdated, y.LastUpdated)) changed = changed.With(11);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(12);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (PifMetrics)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: FloatWire.Write(writer, x.IoReadKbs); break;
            case 2: FloatWire.Write(writer, x.IoWriteKbs); break;
            case 3: BoolWire.Write(writer, x.Carrier); break;
            case 4: TextWire.Write(writer, x.VendorId); break;
            case 5: TextWire.Write(writer, x.VendorName); break;
            case 6: TextWire.Write(writer, x.DeviceId); break;
            case 7: TextWire.Write(writer, x.DeviceName); break;
            case 8: IntWire.Write(writer, x.Speed); break;
            case 9: BoolWire.Write(writer, x.Duplex); break;
            case 10: TextWire.Write(writer, x.PciBusPath); break;
            case 11: TimeWire.Write(writer, x.LastUpdated); break;
            case 12: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PIF_metrics has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<string, TextWire> F5;
        public FieldMemo<string, TextWire> F6;
        public FieldMemo<string, TextWire> F7;
        public FieldMemo<string, TextWire> F10;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F12;
    }
}
