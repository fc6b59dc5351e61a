// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vmss"/>'s fields.</summary>
public static class VmssFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Enabled = 3;
    public const int Type = 4;
    public const int RetainedSnapshots = 5;
    public const int Frequency = 6;
    public const int Schedule = 7;
    public const int LastRunTime = 8;
    public const int Vms = 9;
}

internal sealed class VmssCodec : XapiCodec
{
    private static readonly Vmss s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vmss.Uuid), "string", false),
        new(1, "name_label", nameof(Vmss.NameLabel), "string", false),
        new(2, "name_description", nameof(Vmss.NameDescription), "string", false),
        new(3, "enabled", nameof(Vmss.Enabled), "bool", false),
        new(4, "type", nameof(Vmss.Type), "enum vmss_type", false),
        new(5, "retained_snapshots", nameof(Vmss.RetainedSnapshots), "int", false),
        new(6, "frequency", nameof(Vmss.Frequency), "enum vmss_frequency", false),
        new(7, "schedule", nameof(Vmss.Schedule), "(string -> string) map", false),
        new(8, "last_run_time", nameof(Vmss.LastRunTime), "datetime", false),
        new(9, "VMs", nameof(Vmss.Vms), "VM ref set", false),
    ]);

    public override XapiClass Class => XapiClass.Vmss;

    public override string WireName => "VMSS";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vmss ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vmss);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Enabled;
        var f4 = s_blank.Type;
        var f5 = s_blank.RetainedSnapshots;
        var f6 = s_blank.Frequency;
        var f7 = s_blank.Schedule;
        var f8 = s_blank.LastRunTime;
        var f9 = s_blank.Vms;
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
                case 4: f4 = memo.F4.Read(ref reader, before.Type, context); break;
                case 5: f5 = IntWire.Read(ref reader, before.RetainedSnapshots, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Frequency, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.Schedule, context); break;
                case 8: f8 = TimeWire.Read(ref reader, before.LastRunTime, context); break;
                case 9: f9 = SetWire<XenRef<Vm>, RefWire<Vm>>.Read(ref reader, before.Vms, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vmss
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Enabled = f3,
            Type = f4,
            RetainedSnapshots = f5,
            Frequency = f6,
            Schedule = f7,
            LastRunTime = f8,
            Vms = f9,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vmss)a, (Vmss)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!BoolWire.Same(x.Enabled, y.Enabled)) changed = changed.With(3);
        if (!EnumWire<VmssType>.Same(x.Type, y.Type)) changed = changed.With(4);
        if (!IntWire.Same(x.RetainedSnapshots, y.RetainedSnapshots)) changed = changed.With(5);
        if (!EnumWire<VmssFrequency>.Same(x.Frequency, y.Frequency)) changed = changed.With(6);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Schedule, y.Schedule)) changed = changed.With(7);
        if (!TimeWire.Same(x.LastRunTime, y.LastRunTime)) changed = changed.With(8);
        if (!SetWire<XenRef<Vm>, RefWire<Vm>>.Same(x.Vms, y.Vms)) changed = changed.With(9);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vmss)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: BoolWire.Write(writer, x.Enabled); break;
            case 4: EnumWire<VmssType>.Write(writer, x.Type); break;
            case 5: IntWire.Write(writer, x.RetainedSnapshots); break;
            case 6: EnumWire<VmssFrequency>.Write(writer, x.Frequency); break;
            case 7: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Schedule); break;
            case 8: TimeWire.Write(writer, x.LastRunTime); break;
            case 9: SetWire<XenRef<Vm>, RefWire<Vm>>.Write(writer, x.Vms); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VMSS has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vmss)value;
        SetWire<XenRef<Vm>, RefWire<Vm>>.Visit(x.Vms, 9, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<VmssType, EnumWire<VmssType>> F4;
        public FieldMemo<VmssFrequency, EnumWire<VmssFrequency>> F6;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F7;
    }
}
