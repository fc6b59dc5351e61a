// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VmGuestMetrics"/>'s fields.</summary>
public static class VmGuestMetricsFields
{
    public const int Uuid = 0;
    public const int OsVersion = 1;
    public const int NetbiosName = 2;
    public const int PvDriversVersion = 3;
    public const int PvDriversUpToDate = 4;
    public const int Memory = 5;
    public const int Disks = 6;
    public const int Networks = 7;
    public const int Other = 8;
    public const int LastUpdated = 9;
    public const int OtherConfig = 10;
    public const int Live = 11;
    public const int CanUseHotplugVbd = 12;
    public const int CanUseHotplugVif = 13;
    public const int PvDriversDetected = 14;
    public const int Services = 15;
}

internal sealed class VmGuestMetricsCodec : XapiCodec
{
    private static readonly VmGuestMetrics s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(VmGuestMetrics.Uuid), "string", false),
        new(1, "os_version", nameof(VmGuestMetrics.OsVersion), "(string -> string) map", false),
        new(2, "netbios_name", nameof(VmGuestMetrics.NetbiosName), "(string -> string) map", false),
        new(3, "PV_drivers_version", nameof(VmGuestMetrics.PvDriversVersion), "(string -> string) map", false),
        new(4, "PV_drivers_up_to_date", nameof(VmGuestMetrics.PvDriversUpToDate), "bool", false),
        new(5, "memory", nameof(VmGuestMetrics.Memory), "(string -> string) map", true),
        new(6, "disks", nameof(VmGuestMetrics.Disks), "(string -> string) map", true),
        new(7, "networks", nameof(VmGuestMetrics.Networks), "(string -> string) map", false),
        new(8, "other", nameof(VmGuestMetrics.Other), "(string -> string) map", false),
        new(9, "last_updated", nameof(VmGuestMetrics.LastUpdated), "datetime", false),
        new(10, "other_config", nameof(VmGuestMetrics.OtherConfig), "(string -> string) map", false),
        new(11, "live", nameof(VmGuestMetrics.Live), "bool", false),
        new(12, "can_use_hotplug_vbd", nameof(VmGuestMetrics.CanUseHotplugVbd), "enum tristate_type", false),
        new(13, "can_use_hotplug_vif", nameof(VmGuestMetrics.CanUseHotplugVif), "enum tristate_type", false),
        new(14, "PV_drivers_detected", nameof(VmGuestMetrics.PvDriversDetected), "bool", false),
        new(15, "services", nameof(VmGuestMetrics.Services), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.VmGuestMetrics;

    public override string WireName => "VM_guest_metrics";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VmGuestMetrics ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VmGuestMetrics);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.OsVersion;
        var f2 = s_blank.NetbiosName;
        var f3 = s_blank.PvDriversVersion;
        var f4 = s_blank.PvDriversUpToDate;
        var f5 = s_blank.Memory;
        var f6 = s_blank.Disks;
        var f7 = s_blank.Networks;
        var f8 = s_blank.Other;
        var f9 = s_blank.LastUpdated;
        var f10 = s_blank.OtherConfig;
        var f11 = s_blank.Live;
        var f12 = s_blank.CanUseHotplugVbd;
        var f13 = s_blank.CanUseHotplugVif;
        var f14 = s_blank.PvDriversDetected;
        var f15 = s_blank.Services;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.OsVersion, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NetbiosName, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.PvDriversVersion, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.PvDriversUpToDate, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Memory, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Disks, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.Networks, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.Other, context); break;
                case 9: f9 = TimeWire.Read(ref reader, before.LastUpdated, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.OtherConfig, context); break;
                case 11: f11 = BoolWire.Read(ref reader, before.Live, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.CanUseHotplugVbd, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.CanUseHotplugVif, context); break;
                case 14: f14 = BoolWire.Read(ref reader, before.PvDriversDetected, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.Services, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VmGuestMetrics
        {
            Ref = reference,
            Uuid = f0,
            OsVersion = f1,
            NetbiosName = f2,
            PvDriversVersion = f3,
            PvDriversUpToDate = f4,
            Memory = f5,
            Disks = f6,
            Networks = f7,
            Other = f8,
            LastUpdated = f9,
            OtherConfig = f10,
            Live = f11,
            CanUseHotplugVbd = f12,
            CanUseHotplugVif = f13,
            PvDriversDetected = f14,
            Services = f15,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VmGuestMetrics)a, (VmGuestMetrics)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OsVersion, y.OsVersion)) changed = changed.With(1);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.NetbiosName, y.NetbiosName)) changed = changed.With(2);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.PvDriversVersion, y.PvDriversVersion)) changed = changed.With(3);
        if (!BoolWire.Same(x.PvDriversUpToDate, y.PvDriversUpToDate)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Memory, y.Memory)) changed = changed.With(5);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Disks, y.Disks)) changed = changed.With(6);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Networks, y.Networks)) changed = changed.With(7);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Other, y.Other)) changed = changed.With(8);
        if (!TimeWire.Same(x.LastUpdated, y.LastUpdated)) changed = changed.With(9);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(10);
        if (!BoolWire.Same(x.Live, y.Live)) changed = changed.With(11);
        if (!EnumWire<Tristate>.Same(x.CanUseHotplugVbd, y.CanUseHotplugVbd)) changed = changed.With(12);
        if (!EnumWire<Tristate>.Same(x.CanUseHotplugVif, y.CanUseHotplugVif)) changed = changed.With(13);
        if (!BoolWire.Same(x.PvDriversDetected, y.PvDriversDetected)) changed = changed.With(14);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Services, y.Services)) changed = changed.With(15);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VmGuestMetrics)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OsVersion); break;
            case 2: MapWire<string, TextWire, string, TextWire>.Write(writer, x.NetbiosName); break;
            case 3: MapWire<string, TextWire, string, TextWire>.Write(writer, x.PvDriversVersion); break;
            case 4: BoolWire.Write(writer, x.PvDriversUpToDate); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Memory); break;
            case 6: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Disks); break;
            case 7: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Networks); break;
            case 8: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Other); break;
            case 9: TimeWire.Write(writer, x.LastUpdated); break;
            case 10: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 11: BoolWire.Write(writer, x.Live); break;
            case 12: EnumWire<Tristate>.Write(writer, x.CanUseHotplugVbd); break;
            case 13: EnumWire<Tristate>.Write(writer, x.CanUseHotplugVif); break;
            case 14: BoolWire.Write(writer, x.PvDriversDetected); break;
            case 15: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Services); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VM_guest_metrics has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F1;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F2;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F3;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F6;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F7;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F8;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F10;
        public FieldMemo<Tristate, EnumWire<Tristate>> F12;
        public FieldMemo<Tristate, EnumWire<Tristate>> F13;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F15;
    }
}
