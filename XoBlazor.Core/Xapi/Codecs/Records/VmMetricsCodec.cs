// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VmMetrics"/>'s fields.</summary>
public static class VmMetricsFields
{
    public const int Uuid = 0;
    public const int MemoryActual = 1;
    public const int VcpusNumber = 2;
    public const int VcpusUtilisation = 3;
    public const int VcpusCpu = 4;
    public const int VcpusParams = 5;
    public const int VcpusFlags = 6;
    public const int State = 7;
    public const int StartTime = 8;
    public const int InstallTime = 9;
    public const int LastUpdated = 10;
    public const int OtherConfig = 11;
    public const int Hvm = 12;
    public const int NestedVirt = 13;
    public const int Nomigrate = 14;
    public const int CurrentDomainType = 15;
    public const int NumaOptimised = 16;
    public const int NumaNodes = 17;
    public const int NumaNodeMemory = 18;
}

internal sealed class VmMetricsCodec : XapiCodec
{
    private static readonly VmMetrics s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(VmMetrics.Uuid), "string", false),
        new(1, "memory_actual", nameof(VmMetrics.MemoryActual), "int", false),
        new(2, "VCPUs_number", nameof(VmMetrics.VcpusNumber), "int", false),
        new(3, "VCPUs_utilisation", nameof(VmMetrics.VcpusUtilisation), "(int -> float) map", true),
        new(4, "VCPUs_CPU", nameof(VmMetrics.VcpusCpu), "(int -> int) map", false),
        new(5, "VCPUs_params", nameof(VmMetrics.VcpusParams), "(string -> string) map", false),
        new(6, "VCPUs_flags", nameof(VmMetrics.VcpusFlags), "(int -> string set) map", false),
        new(7, "state", nameof(VmMetrics.State), "string set", false),
        new(8, "start_time", nameof(VmMetrics.StartTime), "datetime", false),
        new(9, "install_time", nameof(VmMetrics.InstallTime), "datetime", false),
        new(10, "last_updated", nameof(VmMetrics.LastUpdated), "datetime", false),
        new(11, "other_config", nameof(VmMetrics.OtherConfig), "(string -> string) map", false),
        new(12, "hvm", nameof(VmMetrics.Hvm), "bool", false),
        new(13, "nested_virt", nameof(VmMetrics.NestedVirt), "bool", false),
        new(14, "nomigrate", nameof(VmMetrics.Nomigrate), "bool", false),
        new(15, "current_domain_type", nameof(VmMetrics.CurrentDomainType), "enum domain_type", false),
        new(16, "numa_optimised", nameof(VmMetrics.NumaOptimised), "bool", false),
        new(17, "numa_nodes", nameof(VmMetrics.NumaNodes), "int", false),
        new(18, "numa_node_memory", nameof(VmMetrics.NumaNodeMemory), "(int -> int) map", false),
    ]);

    public override XapiClass Class => XapiClass.VmMetrics;

    public override string WireName => "VM_metrics";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VmMetrics ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VmMetrics);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.MemoryActual;
        var f2 = s_blank.VcpusNumber;
        var f3 = s_blank.VcpusUtilisation;
        var f4 = s_blank.VcpusCpu;
        var f5 = s_blank.VcpusParams;
        var f6 = s_blank.VcpusFlags;
        var f7 = s_blank.State;
        var f8 = s_blank.StartTime;
        var f9 = s_blank.InstallTime;
        var f10 = s_blank.LastUpdated;
        var f11 = s_blank.OtherConfig;
        var f12 = s_blank.Hvm;
        var f13 = s_blank.NestedVirt;
        var f14 = s_blank.Nomigrate;
        var f15 = s_blank.CurrentDomainType;
        var f16 = s_blank.NumaOptimised;
        var f17 = s_blank.NumaNodes;
        var f18 = s_blank.NumaNodeMemory;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = IntWire.Read(ref reader, before.MemoryActual, context); break;
                case 2: f2 = IntWire.Read(ref reader, before.VcpusNumber, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.VcpusUtilisation, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.VcpusCpu, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.VcpusParams, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.VcpusFlags, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.State, context); break;
                case 8: f8 = TimeWire.Read(ref reader, before.StartTime, context); break;
                case 9: f9 = TimeWire.Read(ref reader, before.InstallTime, context); break;
                case 10: f10 = TimeWire.Read(ref reader, before.LastUpdated, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.OtherConfig, context); break;
                case 12: f12 = BoolWire.Read(ref reader, before.Hvm, context); break;
                case 13: f13 = BoolWire.Read(ref reader, before.NestedVirt, context); break;
                case 14: f14 = BoolWire.Read(ref reader, before.Nomigrate, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.CurrentDomainType, context); break;
                case 16: f16 = BoolWire.Read(ref reader, before.NumaOptimised, context); break;
                case 17: f17 = IntWire.Read(ref reader, before.NumaNodes, context); break;
                case 18: f18 = memo.F18.Read(ref reader, before.NumaNodeMemory, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VmMetrics
        {
            Ref = reference,
            Uuid = f0,
            MemoryActual = f1,
            VcpusNumber = f2,
            VcpusUtilisation = f3,
            VcpusCpu = f4,
            VcpusParams = f5,
            VcpusFlags = f6,
            State = f7,
            StartTime = f8,
            InstallTime = f9,
            LastUpdated = f10,
            OtherConfig = f11,
            Hvm = f12,
            NestedVirt = f13,
            Nomigrate = f14,
            CurrentDomainType = f15,
            NumaOptimised = f16,
            NumaNodes = f17,
            NumaNodeMemory = f18,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VmMetrics)a, (VmMetrics)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!IntWire.Same(x.MemoryActual, y.MemoryActual)) changed = changed.With(1);
        if (!IntWire.Same(x.VcpusNumber, y.VcpusNumber)) changed = changed.With(2);
        if (!MapWire<long, IntWire, double, FloatWire>.Same(x.VcpusUtilisation, y.VcpusUtilisation)) changed = changed.With(3);
        if (!MapWire<long, IntWire, long, IntWire>.Same(x.VcpusCpu, y.VcpusCpu)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.VcpusParams, y.VcpusParams)) changed = changed.With(5);
        if (!MapWire<long, IntWire, ImmutableArray<string>, SetWire<string, TextWire>>.Same(x.VcpusFlags, y.VcpusFlags)) changed = changed.With(6);
        if (!SetWire<string, TextWire>.Same(x.State, y.State)) changed = changed.With(7);
        if (!TimeWire.Same(x.StartTime, y.StartTime)) changed = changed.With(8);
        if (!TimeWire.Same(x.InstallTime, y.InstallTime)) changed = changed.With(9);
        if (!TimeWire.Same(x.LastUpdated, y.LastUpdated)) changed = changed.With(10);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(11);
        if (!BoolWire.Same(x.Hvm, y.Hvm)) changed = changed.With(12);
        if (!BoolWire.Same(x.NestedVirt, y.NestedVirt)) changed = changed.With(13);
        if (!BoolWire.Same(x.Nomigrate, y.Nomigrate)) changed = changed.With(14);
        if (!EnumWire<DomainType>.Same(x.CurrentDomainType, y.CurrentDomainType)) changed = changed.With(15);
        if (!BoolWire.Same(x.NumaOptimised, y.NumaOptimised)) changed = changed.With(16);
        if (!IntWire.Same(x.NumaNodes, y.NumaNodes)) changed = changed.With(17);
        if (!MapWire<long, IntWire, long, IntWire>.Same(x.NumaNodeMemory, y.NumaNodeMemory)) changed = changed.With(18);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VmMetrics)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: IntWire.Write(writer, x.MemoryActual); break;
            case 2: IntWire.Write(writer, x.VcpusNumber); break;
            case 3: MapWire<long, IntWire, double, FloatWire>.Write(writer, x.VcpusUtilisation); break;
            case 4: MapWire<long, IntWire, long, IntWire>.Write(writer, x.VcpusCpu); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.VcpusParams); break;
            case 6: MapWire<long, IntWire, ImmutableArray<string>, SetWire<string, TextWire>>.Write(writer, x.VcpusFlags); break;
            case 7: SetWire<string, TextWire>.Write(writer, x.State); break;
            case 8: TimeWire.Write(writer, x.StartTime); break;
            case 9: TimeWire.Write(writer, x.InstallTime); break;
            case 10: TimeWire.Write(writer, x.LastUpdated); break;
            case 11: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 12: BoolWire.Write(writer, x.Hvm); break;
            case 13: BoolWire.Write(writer, x.NestedVirt); break;
            case 14: BoolWire.Write(writer, x.Nomigrate); break;
            case 15: EnumWire<DomainType>.Write(writer, x.CurrentDomainType); break;
            case 16: BoolWire.Write(writer, x.NumaOptimised); break;
            case 17: IntWire.Write(writer, x.NumaNodes); break;
            case 18: MapWire<long, IntWire, long, IntWire>.Write(writer, x.NumaNodeMemory); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VM_metrics has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<long, double>, MapWire<long, IntWire, double, FloatWire>> F3;
        public FieldMemo<XenMap<long, long>, MapWire<long, IntWire, long, IntWire>> F4;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
        public FieldMemo<XenMap<long, ImmutableArray<string>>, MapWire<long, IntWire, ImmutableArray<string>, SetWire<string, TextWire>>> F6;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F7;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F11;
        public FieldMemo<DomainType, EnumWire<DomainType>> F15;
        public FieldMemo<XenMap<long, long>, MapWire<long, IntWire, long, IntWire>> F18;
    }
}
