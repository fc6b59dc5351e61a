// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Pci"/>'s fields.</summary>
public static class PciFields
{
    public const int Uuid = 0;
    public const int ClassId = 1;
    public const int ClassName = 2;
    public const int VendorId = 3;
    public const int VendorName = 4;
    public const int DeviceId = 5;
    public const int DeviceName = 6;
    public const int Host = 7;
    public const int PciId = 8;
    public const int Dependencies = 9;
    public const int OtherConfig = 10;
    public const int SubsystemVendorId = 11;
    public const int SubsystemVendorName = 12;
    public const int SubsystemDeviceId = 13;
    public const int SubsystemDeviceName = 14;
    public const int DriverName = 15;
}

internal sealed class PciCodec : XapiCodec
{
    private static readonly Pci s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Pci.Uuid), "string", false),
        new(1, "class_id", nameof(Pci.ClassId), "string", false),
        new(2, "class_name", nameof(Pci.ClassName), "string", false),
        new(3, "vendor_id", nameof(Pci.VendorId), "string", false),
        new(4, "vendor_name", nameof(Pci.VendorName), "string", false),
        new(5, "device_id", nameof(Pci.DeviceId), "string", false),
        new(6, "device_name", nameof(Pci.DeviceName), "string", false),
        new(7, "host", nameof(Pci.Host), "host ref", false),
        new(8, "pci_id", nameof(Pci.PciId), "string", false),
        new(9, "dependencies", nameof(Pci.Dependencies), "PCI ref set", false),
        new(10, "other_config", nameof(Pci.OtherConfig), "(string -> string) map", false),
        new(11, "subsystem_vendor_id", nameof(Pci.SubsystemVendorId), "string", false),
        new(12, "subsystem_vendor_name", nameof(Pci.SubsystemVendorName), "string", false),
        new(13, "subsystem_device_id", nameof(Pci.SubsystemDeviceId), "string", false),
        new(14, "subsystem_device_name", nameof(Pci.SubsystemDeviceName), "string", false),
        new(15, "driver_name", nameof(Pci.DriverName), "string", false),
    ]);

    public override XapiClass Class => XapiClass.Pci;

    public override string WireName => "PCI";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Pci ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Pci);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.ClassId;
        var f2 = s_blank.ClassName;
        var f3 = s_blank.VendorId;
        var f4 = s_blank.VendorName;
        var f5 = s_blank.DeviceId;
        var f6 = s_blank.DeviceName;
        var f7 = s_blank.Host;
        var f8 = s_blank.PciId;
        var f9 = s_blank.Dependencies;
        var f10 = s_blank.OtherConfig;
        var f11 = s_blank.SubsystemVendorId;
        var f12 = s_blank.SubsystemVendorName;
        var f13 = s_blank.SubsystemDeviceId;
        var f14 = s_blank.SubsystemDeviceName;
        var f15 = s_blank.DriverName;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.ClassId, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.ClassName, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.VendorId, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.VendorName, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.DeviceId, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.DeviceName, context); break;
                case 7: f7 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.PciId, context); break;
                case 9: f9 = SetWire<XenRef<Pci>, RefWire<Pci>>.Read(ref reader, before.Dependencies, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.OtherConfig, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.SubsystemVendorId, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.SubsystemVendorName, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.SubsystemDeviceId, context); break;
                case 14: f14 = memo.F14.Read(ref reader, before.SubsystemDeviceName, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.DriverName, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Pci
        {
            Ref = reference,
            Uuid = f0,
            ClassId = f1,
            ClassName = f2,
            VendorId = f3,
            VendorName = f4,
            DeviceId = f5,
            DeviceName = f6,
            Host = f7,
            PciId = f8,
            Dependencies = f9,
            OtherConfig = f10,
            SubsystemVendorId = f11,
            SubsystemVendorName = f12,
            SubsystemDeviceId = f13,
            SubsystemDeviceName = f14,
            DriverName = f15,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Pci)a, (Pci)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.ClassId, y.ClassId)) changed = changed.With(1);
        if (!TextWire.Same(x.ClassName, y.ClassName)) changed = changed.With(2);
        if (!TextWire.Same(x.VendorId, y.VendorId)) changed = changed.With(3);
        if (!TextWire.Same(x.VendorName, y.VendorName)) changed = changed.With(4);
        if (!TextWire.Same(x.DeviceId, y.DeviceId)) changed = changed.With(5);
        if (!TextWire.Same(x.DeviceName, y.DeviceName)) changed = changed.With(6);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(7);
        if (!TextWire.Same(x.PciId, y.PciId)) changed = changed.With(8);
        if (!SetWire<XenRef<Pci>, RefWire<Pci>>.Same(x.Dependencies, y.Dependencies)) changed = changed.With(9);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(10);
        if (!TextWire.Same(x.SubsystemVendorId, y.SubsystemVendorId)) changed = changed.With(11);
        if (!TextWire.Same(x.SubsystemVendorName, y.SubsystemVendorName)) changed = changed.With(12);
        if (!TextWire.Same(x.SubsystemDeviceId, y.SubsystemDeviceId)) changed = changed.With(13);
        if (!TextWire.Same(x.SubsystemDeviceName, y.SubsystemDeviceName)) changed = changed.With(14);
        if (!TextWire.Same(x.DriverName, y.DriverName)) changed = changed.With(15);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Pci)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.ClassId); break;
            case 2: TextWire.Write(writer, x.ClassName); break;
            case 3: TextWire.Write(writer, x.VendorId); break;
            case 4: TextWire.Write(writer, x.VendorName); break;
            case 5: TextWire.Write(writer, x.DeviceId); break;
            case 6: TextWire.Write(writer, x.DeviceName); break;
            case 7: RefWire<Host>.Write(writer, x.Host); break;
            case 8: TextWire.Write(writer, x.PciId); break;
            case 9: SetWire<XenRef<Pci>, RefWire<Pci>>.Write(writer, x.Dependencies); break;
            case 10: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 11: TextWire.Write(writer, x.SubsystemVendorId); break;
            case 12: TextWire.Write(writer, x.SubsystemVendorName); break;
            case 13: TextWire.Write(writer, x.SubsystemDeviceId); break;
            case 14: TextWire.Write(writer, x.SubsystemDeviceName); break;
            case 15: TextWire.Write(writer, x.DriverName); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PCI has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Pci)value;
        RefWire<Host>.Visit(x.Host, 7, visitor);
        SetWire<XenRef<Pci>, RefWire<Pci>>.Visit(x.Dependencies, 9, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<string, TextWire> F5;
        public FieldMemo<string, TextWire> F6;
        public FieldMemo<string, TextWire> F8;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F10;
        public FieldMemo<string, TextWire> F11;
        public FieldMemo<string, TextWire> F12;
        public FieldMemo<string, TextWire> F13;
        public FieldMemo<string, TextWire> F14;
        public FieldMemo<string, TextWire> F15;
    }
}
