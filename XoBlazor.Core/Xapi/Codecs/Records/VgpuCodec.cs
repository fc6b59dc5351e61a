// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vgpu"/>'s fields.</summary>
public static class VgpuFields
{
    public const int Uuid = 0;
    public const int Vm = 1;
    public const int GpuGroup = 2;
    public const int Device = 3;
    public const int CurrentlyAttached = 4;
    public const int OtherConfig = 5;
    public const int Type = 6;
    public const int ResidentOn = 7;
    public const int ScheduledToBeResidentOn = 8;
    public const int CompatibilityMetadata = 9;
    public const int ExtraArgs = 10;
    public const int Pci = 11;
}

internal sealed class VgpuCodec : XapiCodec
{
    private static readonly Vgpu s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vgpu.Uuid), "string", false),
        new(1, "VM", nameof(Vgpu.Vm), "VM ref", false),
        new(2, "GPU_group", nameof(Vgpu.GpuGroup), "GPU_group ref", false),
        new(3, "device", nameof(Vgpu.Device), "string", false),
        new(4, "currently_attached", nameof(Vgpu.CurrentlyAttached), "bool", false),
        new(5, "other_config", nameof(Vgpu.OtherConfig), "(string -> string) map", false),
        new(6, "type", nameof(Vgpu.Type), "VGPU_type ref", false),
        new(7, "resident_on", nameof(Vgpu.ResidentOn), "PGPU ref", false),
        new(8, "scheduled_to_be_resident_on", nameof(Vgpu.ScheduledToBeResidentOn), "PGPU ref", false),
        new(9, "compatibility_metadata", nameof(Vgpu.CompatibilityMetadata), "(string -> string) map", false),
        new(10, "extra_args", nameof(Vgpu.ExtraArgs), "string", false),
        new(11, "PCI", nameof(Vgpu.Pci), "PCI ref", false),
    ]);

    public override XapiClass Class => XapiClass.Vgpu;

    public override string WireName => "VGPU";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vgpu ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vgpu);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Vm;
        var f2 = s_blank.GpuGroup;
        var f3 = s_blank.Device;
        var f4 = s_blank.CurrentlyAttached;
        var f5 = s_blank.OtherConfig;
        var f6 = s_blank.Type;
        var f7 = s_blank.ResidentOn;
        var f8 = s_blank.ScheduledToBeResidentOn;
        var f9 = s_blank.CompatibilityMetadata;
        var f10 = s_blank.ExtraArgs;
        var f11 = s_blank.Pci;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Vm>.Read(ref reader, before.Vm, context); break;
                case 2: f2 = RefWire<GpuGroup>.Read(ref reader, before.GpuGroup, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Device, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.CurrentlyAttached, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.OtherConfig, context); break;
                case 6: f6 = RefWire<VgpuType>.Read(ref reader, before.Type, context); break;
                case 7: f7 = RefWire<Pgpu>.Read(ref reader, before.ResidentOn, context); break;
                case 8: f8 = RefWire<Pgpu>.Read(ref reader, before.ScheduledToBeResidentOn, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.CompatibilityMetadata, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.ExtraArgs, context); break;
                case 11: f11 = RefWire<Pci>.Read(ref reader, before.Pci, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vgpu
        {
            Ref = reference,
            Uuid = f0,
            Vm = f1,
            GpuGroup = f2,
            Device = f3,
            CurrentlyAttached = f4,
            OtherConfig = f5,
            Type = f6,
            ResidentOn = f7,
            ScheduledToBeResidentOn = f8,
            CompatibilityMetadata = f9,
            ExtraArgs = f10,
            Pci = f11,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vgpu)a, (Vgpu)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Vm>.Same(x.Vm, y.Vm)) changed = changed.With(1);
        if (!RefWire<GpuGroup>.Same(x.GpuGroup, y.GpuGroup)) changed = changed.With(2);
        if (!TextWire.Same(x.Device, y.Device)) changed = changed.With(3);
        if (!BoolWire.Same(x.CurrentlyAttached, y.CurrentlyAttached)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(5);
        if (!RefWire<VgpuType>.Same(x.Type, y.Type)) changed = changed.With(6);
        if (!RefWire<Pgpu>.Same(x.ResidentOn, y.ResidentOn)) changed = changed.With(7);
        if (!RefWire<Pgpu>.Same(x.ScheduledToBeResidentOn, y.ScheduledToBeResidentOn)) changed = changed.With(8);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.CompatibilityMetadata, y.CompatibilityMetadata)) changed = changed.With(9);
        if (!TextWire.Same(x.ExtraArgs, y.ExtraArgs)) changed = changed.With(10);
        if (!RefWire<Pci>.Same(x.Pci, y.Pci)) changed = changed.With(11);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vgpu)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Vm>.Write(writer, x.Vm); break;
            case 2: RefWire<GpuGroup>.Write(writer, x.GpuGroup); break;
            case 3: TextWire.Write(writer, x.Device); break;
            case 4: BoolWire.Write(writer, x.CurrentlyAttached); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 6: RefWire<VgpuType>.Write(writer, x.Type); break;
            case 7: RefWire<Pgpu>.Write(writer, x.ResidentOn); break;
            case 8: RefWire<Pgpu>.Write(writer, x.ScheduledToBeResidentOn); break;
            case 9: MapWire<string, TextWire, string, TextWire>.Write(writer, x.CompatibilityMetadata); break;
            case 10: TextWire.Write(writer, x.ExtraArgs); break;
            case 11: RefWire<Pci>.Write(writer, x.Pci); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VGPU has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vgpu)value;
        RefWire<Vm>.Visit(x.Vm, 1, visitor);
        RefWire<GpuGroup>.Visit(x.GpuGroup, 2, visitor);
        RefWire<VgpuType>.Visit(x.Type, 6, visitor);
        RefWire<Pgpu>.Visit(x.ResidentOn, 7, visitor);
        RefWire<Pgpu>.Visit(x.ScheduledToBeResidentOn, 8, visitor);
        RefWire<Pci>.Visit(x.Pci, 11, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F9;
        public FieldMemo<string, TextWire> F10;
    }
}
