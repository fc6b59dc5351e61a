// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VmAppliance"/>'s fields.</summary>
public static class VmApplianceFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int AllowedOperations = 3;
    public const int CurrentOperations = 4;
    public const int Vms = 5;
}

internal sealed class VmApplianceCodec : XapiCodec
{
    private static readonly VmAppliance s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(VmAppliance.Uuid), "string", false),
        new(1, "name_label", nameof(VmAppliance.NameLabel), "string", false),
        new(2, "name_description", nameof(VmAppliance.NameDescription), "string", false),
        new(3, "allowed_operations", nameof(VmAppliance.AllowedOperations), "enum vm_appliance_operation set", false),
        new(4, "current_operations", nameof(VmAppliance.CurrentOperations), "(string -> enum vm_appliance_operation) map", false),
        new(5, "VMs", nameof(VmAppliance.Vms), "VM ref set", false),
    ]);

    public override XapiClass Class => XapiClass.VmAppliance;

    public override string WireName => "VM_appliance";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VmAppliance ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VmAppliance);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.AllowedOperations;
        var f4 = s_blank.CurrentOperations;
        var f5 = s_blank.Vms;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.AllowedOperations, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.CurrentOperations, context); break;
                case 5: f5 = SetWire<XenRef<Vm>, RefWire<Vm>>.Read(ref reader, before.Vms, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VmAppliance
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            AllowedOperations = f3,
            CurrentOperations = f4,
            Vms = f5,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VmAppliance)a, (VmAppliance)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!EnumSetWire<VmApplianceOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(3);
        if (!MapWire<string, TextWire, VmApplianceOperation, EnumWire<VmApplianceOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(4);
        if (!SetWire<XenRef<Vm>, RefWire<Vm>>.Same(x.Vms, y.Vms)) changed = changed.With(5);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VmAppliance)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: EnumSetWire<VmApplianceOperation>.Write(writer, x.AllowedOperations); break;
            case 4: MapWire<string, TextWire, VmApplianceOperation, EnumWire<VmApplianceOperation>>.Write(writer, x.CurrentOperations); break;
            case 5: SetWire<XenRef<Vm>, RefWire<Vm>>.Write(writer, x.Vms); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VM_appliance has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (VmAppliance)value;
        SetWire<XenRef<Vm>, RefWire<Vm>>.Visit(x.Vms, 5, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<EnumSet<VmApplianceOperation>, EnumSetWire<VmApplianceOperation>> F3;
        public FieldMemo<XenMap<string, VmApplianceOperation>, MapWire<string, TextWire, VmApplianceOperation, EnumWire<VmApplianceOperation>>> F4;
    }
}
