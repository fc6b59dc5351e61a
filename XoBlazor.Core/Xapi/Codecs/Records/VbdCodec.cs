// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vbd"/>'s fields.</summary>
public static class VbdFields
{
    public const int Uuid = 0;
    public const int AllowedOperations = 1;
    public const int CurrentOperations = 2;
    public const int Vm = 3;
    public const int Vdi = 4;
    public const int Device = 5;
    public const int Userdevice = 6;
    public const int Bootable = 7;
    public const int Mode = 8;
    public const int Type = 9;
    public const int Unpluggable = 10;
    public const int StorageLock = 11;
    public const int Empty = 12;
    public const int OtherConfig = 13;
    public const int CurrentlyAttached = 14;
    public const int StatusCode = 15;
    public const int StatusDetail = 16;
    public const int RuntimeProperties = 17;
    public const int QosAlgorithmType = 18;
    public const int QosAlgorithmParams = 19;
    public const int QosSupportedAlgorithms = 20;
    public const int Metrics = 21;
}

internal sealed class VbdCodec : XapiCodec
{
    private static readonly Vbd s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vbd.Uuid), "string", false),
        new(1, "allowed_operations", nameof(Vbd.AllowedOperations), "enum vbd_operations set", false),
        new(2, "current_operations", nameof(Vbd.CurrentOperations), "(string -> enum vbd_operations) map", false),
        new(3, "VM", nameof(Vbd.Vm), "VM ref", false),
        new(4, "VDI", nameof(Vbd.Vdi), "VDI ref", false),
        new(5, "device", nameof(Vbd.Device), "string", false),
        new(6, "userdevice", nameof(Vbd.Userdevice), "string", false),
        new(7, "bootable", nameof(Vbd.Bootable), "bool", false),
        new(8, "mode", nameof(Vbd.Mode), "enum vbd_mode", false),
        new(9, "type", nameof(Vbd.Type), "enum vbd_type", false),
        new(10, "unpluggable", nameof(Vbd.Unpluggable), "bool", false),
        new(11, "storage_lock", nameof(Vbd.StorageLock), "bool", false),
        new(12, "empty", nameof(Vbd.Empty), "bool", false),
        new(13, "other_config", nameof(Vbd.OtherConfig), "(string -> string) map", false),
        new(14, "currently_attached", nameof(Vbd.CurrentlyAttached), "bool", false),
        new(15, "status_code", nameof(Vbd.StatusCode), "int", false),
        new(16, "status_detail", nameof(Vbd.StatusDetail), "string", false),
        new(17, "runtime_properties", nameof(Vbd.RuntimeProperties), "(string -> string) map", false),
        new(18, "qos_algorithm_type", nameof(Vbd.QosAlgorithmType), "string", false),
        new(19, "qos_algorithm_params", nameof(Vbd.QosAlgorithmParams), "(string -> string) map", false),
        new(20, "qos_supported_algorithms", nameof(Vbd.QosSupportedAlgorithms), "string set", false),
        new(21, "metrics", nameof(Vbd.Metrics), "VBD_metrics ref", true),
    ]);

    public override XapiClass Class => XapiClass.Vbd;

    public override string WireName => "VBD";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vbd ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vbd);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.AllowedOperations;
        var f2 = s_blank.CurrentOperations;
        var f3 = s_blank.Vm;
        var f4 = s_blank.Vdi;
        var f5 = s_blank.Device;
        var f6 = s_blank.Userdevice;
        var f7 = s_blank.Bootable;
        var f8 = s_blank.Mode;
        var f9 = s_blank.Type;
        var f10 = s_blank.Unpluggable;
        var f11 = s_blank.StorageLock;
        var f12 = s_blank.Empty;
        var f13 = s_blank.OtherConfig;
        var f14 = s_blank.CurrentlyAttached;
        var f15 = s_blank.StatusCode;
        var f16 = s_blank.StatusDetail;
        var f17 = s_blank.RuntimeProperties;
        var f18 = s_blank.QosAlgorithmType;
        var f19 = s_blank.QosAlgorithmParams;
        var f20 = s_blank.QosSupportedAlgorithms;
        var f21 = s_blank.Metrics;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.AllowedOperations, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.CurrentOperations, context); break;
                case 3: f3 = RefWire<Vm>.Read(ref reader, before.Vm, context); break;
                case 4: f4 = RefWire<Vdi>.Read(ref reader, before.Vdi, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Device, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Userdevice, context); break;
                case 7: f7 = BoolWire.Read(ref reader, before.Bootable, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.Mode, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Type, context); break;
                case 10: f10 = BoolWire.Read(ref reader, before.Unpluggable, context); break;
                case 11: f11 = BoolWire.Read(ref reader, before.StorageLock, context); break;
                case 12: f12 = BoolWire.Read(ref reader, before.Empty, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.OtherConfig, context); break;
                case 14: f14 = BoolWire.Read(ref reader, before.CurrentlyAttached, context); break;
                case 15: f15 = IntWire.Read(ref reader, before.StatusCode, context); break;
                case 16: f16 = memo.F16.Read(ref reader, before.StatusDetail, context); break;
                case 17: f17 = memo.F17.Read(ref reader, before.RuntimeProperties, context); break;
                case 18: f18 = memo.F18.Read(ref reader, before.QosAlgorithmType, context); break;
                case 19: f19 = memo.F19.Read(ref reader, before.QosAlgorithmParams, context); break;
                case 20: f20 = memo.F20.Read(ref reader, before.QosSupportedAlgorithms, context); break;
                case 21: f21 = RefWire<VbdMetrics>.Read(ref reader, before.Metrics, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vbd
        {
            Ref = reference,
            Uuid = f0,
            AllowedOperations = f1,
            CurrentOperations = f2,
            Vm = f3,
            Vdi = f4,
            Device = f5,
            Userdevice = f6,
            Bootable = f7,
            Mode = f8,
            Type = f9,
            Unpluggable = f10,
            StorageLock = f11,
            Empty = f12,
            OtherConfig = f13,
            CurrentlyAttached = f14,
            StatusCode = f15,
            StatusDetail = f16,
            RuntimeProperties = f17,
            QosAlgorithmType = f18,
            QosAlgorithmParams = f19,
            QosSupportedAlgorithms = f20,
            Metrics = f21,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vbd)a, (Vbd)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!EnumSetWire<VbdOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(1);
        if (!MapWire<string, TextWire, VbdOperation, EnumWire<VbdOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(2);
        if (!RefWire<Vm>.Same(x.Vm, y.Vm)) changed = changed.With(3);
        if (!RefWire<Vdi>.Same(x.Vdi, y.Vdi)) changed = changed.With(4);
        if (!TextWire.Same(x.Device, y.Device)) changed = changed.With(5);
        if (!TextWire.Same(x.Userdevice, y.Userdevice)) changed = changed.With(6);
        if (!BoolWire.Same(x.Bootable, y.Bootable)) changed = changed.With(7);
        if (!EnumWire<VbdMode>.Same(x.Mode, y.Mode)) changed = changed.With(8);
        if (!EnumWire<VbdType>.Same(x.Type, y.Type)) changed = changed.With(9);
        if (!BoolWire.Same(x.Unpluggable, y.Unpluggable)) changed = changed.With(10);
        if (!BoolWire.Same(x.StorageLock, y.StorageLock)) changed = changed.With(11);
        if (!BoolWire.Same(x.Empty, y.Empty)) changed = changed.With(12);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(13);
        if (!BoolWire.Same(x.CurrentlyAttached, y.CurrentlyAttached)) changed = changed.With(14);
        if (!IntWire.Same(x.StatusCode, y.StatusCode)) changed = changed.With(15);
        if (!TextWire.Same(x.StatusDetail, y.StatusDetail)) changed = changed.With(16);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.RuntimeProperties, y.RuntimeProperties)) changed = changed.With(17);
        if (!TextWire.Same(x.QosAlgorithmType, y.QosAlgorithmType)) changed = changed.With(18);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.QosAlgorithmParams, y.QosAlgorithmParams)) changed = changed.With(19);
        if (!SetWire<string, TextWire>.Same(x.QosSupportedAlgorithms, y.QosSupportedAlgorithms)) changed = changed.With(20);
        if (!RefWire<VbdMetrics>.Same(x.Metrics, y.Metrics)) changed = changed.With(21);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vbd)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: EnumSetWire<VbdOperation>.Write(writer, x.AllowedOperations); break;
            case 2: MapWire<string, TextWire, VbdOperation, EnumWire<VbdOperation>>.Write(writer, x.CurrentOperations); break;
            case 3: RefWire<Vm>.Write(writer, x.Vm); break;
            case 4: RefWire<Vdi>.Write(writer, x.Vdi); break;
            case 5: TextWire.Write(writer, x.Device); break;
            case 6: TextWire.Write(writer, x.Userdevice); break;
            case 7: BoolWire.Write(writer, x.Bootable); break;
            case 8: EnumWire<VbdMode>.Write(writer, x.Mode); break;
            case 9: EnumWire<VbdType>.Write(writer, x.Type); break;
            case 10: BoolWire.Write(writer, x.Unpluggable); break;
            case 11: BoolWire.Write(writer, x.StorageLock); break;
            case 12: BoolWire.Write(writer, x.Empty); break;
            case 13: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 14: BoolWire.Write(writer, x.CurrentlyAttached); break;
            case 15: IntWire.Write(writer, x.StatusCode); break;
            case 16: TextWire.Write(writer, x.StatusDetail); break;
            case 17: MapWire<string, TextWire, string, TextWire>.Write(writer, x.RuntimeProperties); break;
            case 18: TextWire.Write(writer, x.QosAlgorithmType); break;
            case 19: MapWire<string, TextWire, string, TextWire>.Write(writer, x.QosAlgorithmParams); break;
            case 20: SetWire<string, TextWire>.Write(writer, x.QosSupportedAlgorithms); break;
            case 21: RefWire<VbdMetrics>.Write(writer, x.Metrics); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VBD has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vbd)value;
        RefWire<Vm>.Visit(x.Vm, 3, visitor);
        RefWire<Vdi>.Visit(x.Vdi, 4, visitor);
        RefWire<VbdMetrics>.Visit(x.Metrics, 21, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<EnumSet<VbdOperation>, EnumSetWire<VbdOperation>> F1;
        public FieldMemo<XenMap<string, VbdOperation>, MapWire<string, TextWire, VbdOperation, EnumWire<VbdOperation>>> F2;
        public FieldMemo<string, TextWire> F5;
        public FieldMemo<string, TextWire> F6;
        public FieldMemo<VbdMode, EnumWire<VbdMode>> F8;
        public FieldMemo<VbdType, EnumWire<VbdType>> F9;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F13;
        public FieldMemo<string, TextWire> F16;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F17;
        public FieldMemo<string, TextWire> F18;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F19;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F20;
    }
}
