// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Pgpu"/>'s fields.</summary>
public static class PgpuFields
{
    public const int Uuid = 0;
    public const int Pci = 1;
    public const int GpuGroup = 2;
    public const int Host = 3;
    public const int OtherConfig = 4;
    public const int SupportedVgpuTypes = 5;
    public const int EnabledVgpuTypes = 6;
    public const int ResidentVgpus = 7;
    public const int SupportedVgpuMaxCapacities = 8;
    public const int Dom0Access = 9;
    public const int IsSystemDisplayDevice = 10;
    public const int CompatibilityMetadata = 11;
}

internal sealed class PgpuCodec : XapiCodec
{
    private static readonly Pgpu s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Pgpu.Uuid), "string", false),
        new(1, "PCI", nameof(Pgpu.Pci), "PCI ref", false),
        new(2, "GPU_group", nameof(Pgpu.GpuGroup), "GPU_group ref", false),
        new(3, "host", nameof(Pgpu.Host), "host ref", false),
        new(4, "other_config", nameof(Pgpu.OtherConfig), "(string -> string) map", false),
        new(5, "supported_VGPU_types", nameof(Pgpu.SupportedVgpuTypes), "VGPU_type ref set", false),
        new(6, "enabled_VGPU_types", nameof(Pgpu.EnabledVgpuTypes), "VGPU_type ref set", false),
        new(7, "resident_VGPUs", nameof(Pgpu.ResidentVgpus), "VGPU ref set", false),
        new(8, "supported_VGPU_max_capacities", nameof(Pgpu.SupportedVgpuMaxCapacities), "(VGPU_type ref -> int) map", false),
        new(9, "dom0_access", nameof(Pgpu.Dom0Access), "enum pci_dom0_access", false),
        new(10, "is_system_display_device", nameof(Pgpu.IsSystemDisplayDevice), "bool", false),
        new(11, "compatibility_metadata", nameof(Pgpu.CompatibilityMetadata), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.Pgpu;

    public override string WireName => "PGPU";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Pgpu ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Pgpu);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Pci;
        var f2 = s_blank.GpuGroup;
        var f3 = s_blank.Host;
        var f4 = s_blank.OtherConfig;
        var f5 = s_blank.SupportedVgpuTypes;
        var f6 = s_blank.EnabledVgpuTypes;
        var f7 = s_blank.ResidentVgpus;
        var f8 = s_blank.SupportedVgpuMaxCapacities;
        var f9 = s_blank.Dom0Access;
        var f10 = s_blank.IsSystemDisplayDevice;
        var f11 = s_blank.CompatibilityMetadata;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Pci>.Read(ref reader, before.Pci, context); break;
                case 2: f2 = RefWire<GpuGroup>.Read(ref reader, before.GpuGroup, context); break;
                case 3: f3 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.OtherConfig, context); break;
                case 5: f5 = SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Read(ref reader, before.SupportedVgpuTypes, context); break;
                case 6: f6 = SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Read(ref reader, before.EnabledVgpuTypes, context); break;
                case 7: f7 = SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Read(ref reader, before.ResidentVgpus, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.SupportedVgpuMaxCapacities, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Dom0Access, context); break;
                case 10: f10 = BoolWire.Read(ref reader, before.IsSystemDisplayDevice, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.CompatibilityMetadata, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Pgpu
        {
            Ref = reference,
            Uuid = f0,
            Pci = f1,
            GpuGroup = f2,
            Host = f3,
            OtherConfig = f4,
            SupportedVgpuTypes = f5,
            EnabledVgpuTypes = f6,
            ResidentVgpus = f7,
            SupportedVgpuMaxCapacities = f8,
            Dom0Access = f9,
            IsSystemDisplayDevice = f10,
            CompatibilityMetadata = f11,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Pgpu)a, (Pgpu)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Pci>.Same(x.Pci, y.Pci)) changed = changed.With(1);
        if (!RefWire<GpuGroup>.Same(x.GpuGroup, y.GpuGroup)) changed = changed.With(2);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(3);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(4);
        if (!SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Same(x.SupportedVgpuTypes, y.SupportedVgpuTypes)) changed = changed.With(5);
        if (!SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Same(x.EnabledVgpuTypes, y.EnabledVgpuTypes)) changed = changed.With(6);
        if (!SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Same(x.ResidentVgpus, y.ResidentVgpus)) changed = changed.With(7);
        if (!MapWire<XenRef<VgpuType>, RefWire<VgpuType>, long, IntWire>.Same(x.SupportedVgpuMaxCapacities, y.SupportedVgpuMaxCapacities)) changed = changed.With(8);
        if (!EnumWire<PciDom0Access>.Same(x.Dom0Access, y.Dom0Access)) changed = changed.With(9);
        if (!BoolWire.Same(x.IsSystemDisplayDevice, y.IsSystemDisplayDevice)) changed = changed.With(10);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.CompatibilityMetadata, y.CompatibilityMetadata)) changed = changed.With(11);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Pgpu)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Pci>.Write(writer, x.Pci); break;
            case 2: RefWire<GpuGroup>.Write(writer, x.GpuGroup); break;
            case 3: RefWire<Host>.Write(writer, x.Host); break;
            case 4: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 5: SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Write(writer, x.SupportedVgpuTypes); break;
            case 6: SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Write(writer, x.EnabledVgpuTypes); break;
            case 7: SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Write(writer, x.ResidentVgpus); break;
            case 8: MapWire<XenRef<VgpuType>, RefWire<VgpuType>, long, IntWire>.Write(writer, x.SupportedVgpuMaxCapacities); break;
            case 9: EnumWire<PciDom0Access>.Write(writer, x.Dom0Access); break;
            case 10: BoolWire.Write(writer, x.IsSystemDisplayDevice); break;
            case 11: MapWire<string, TextWire, string, TextWire>.Write(writer, x.CompatibilityMetadata); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PGPU has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Pgpu)value;
        RefWire<Pci>.Visit(x.Pci, 1, visitor);
        RefWire<GpuGroup>.Visit(x.GpuGroup, 2, visitor);
        RefWire<Host>.Visit(x.Host, 3, visitor);
        SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Visit(x.SupportedVgpuTypes, 5, visitor);
        SetWire<XenRef<VgpuType>, RefWire<VgpuType>>.Visit(x.EnabledVgpuTypes, 6, visitor);
        SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Visit(x.ResidentVgpus, 7, visitor);
        MapWire<XenRef<VgpuType>, RefWire<VgpuType>, long, IntWire>.Visit(x.SupportedVgpuMaxCapacities, 8, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F4;
        public FieldMemo<XenMap<XenRef<VgpuType>, long>, MapWire<XenRef<VgpuType>, RefWire<VgpuType>, long, IntWire>> F8;
        public FieldMemo<PciDom0Access, EnumWire<PciDom0Access>> F9;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F11;
    }
}
