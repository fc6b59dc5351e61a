// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vmpp"/>'s fields.</summary>
public static class VmppFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int IsPolicyEnabled = 3;
    public const int BackupType = 4;
    public const int BackupRetentionValue = 5;
    public const int BackupFrequency = 6;
    public const int BackupSchedule = 7;
    public const int IsBackupRunning = 8;
    public const int BackupLastRunTime = 9;
    public const int ArchiveTargetType = 10;
    public const int ArchiveTargetConfig = 11;
    public const int ArchiveFrequency = 12;
    public const int ArchiveSchedule = 13;
    public const int IsArchiveRunning = 14;
    public const int ArchiveLastRunTime = 15;
    public const int Vms = 16;
    public const int IsAlarmEnabled = 17;
    public const int AlarmConfig = 18;
    public const int RecentAlerts = 19;
}

internal sealed class VmppCodec : XapiCodec
{
    private static readonly Vmpp s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vmpp.Uuid), "string", true),
        new(1, "name_label", nameof(Vmpp.NameLabel), "string", true),
        new(2, "name_description", nameof(Vmpp.NameDescription), "string", true),
        new(3, "is_policy_enabled", nameof(Vmpp.IsPolicyEnabled), "bool", true),
        new(4, "backup_type", nameof(Vmpp.BackupType), "enum vmpp_backup_type", true),
        new(5, "backup_retention_value", nameof(Vmpp.BackupRetentionValue), "int", true),
        new(6, "backup_frequency", nameof(Vmpp.BackupFrequency), "enum vmpp_backup_frequency", true),
        new(7, "backup_schedule", nameof(Vmpp.BackupSchedule), "(string -> string) map", true),
        new(8, "is_backup_running", nameof(Vmpp.IsBackupRunning), "bool", true),
        new(9, "backup_last_run_time", nameof(Vmpp.BackupLastRunTime), "datetime", true),
        new(10, "archive_target_type", nameof(Vmpp.ArchiveTargetType), "enum vmpp_archive_target_type", true),
        new(11, "archive_target_config", nameof(Vmpp.ArchiveTargetConfig), "(string -> string) map", true),
        new(12, "archive_frequency", nameof(Vmpp.ArchiveFrequency), "enum vmpp_archive_frequency", true),
        new(13, "archive_schedule", nameof(Vmpp.ArchiveSchedule), "(string -> string) map", true),
        new(14, "is_archive_running", nameof(Vmpp.IsArchiveRunning), "bool", true),
        new(15, "archive_last_run_time", nameof(Vmpp.ArchiveLastRunTime), "datetime", true),
        new(16, "VMs", nameof(Vmpp.Vms), "VM ref set", true),
        new(17, "is_alarm_enabled", nameof(Vmpp.IsAlarmEnabled), "bool", true),
        new(18, "alarm_config", nameof(Vmpp.AlarmConfig), "(string -> string) map", true),
        new(19, "recent_alerts", nameof(Vmpp.RecentAlerts), "string set", true),
    ]);

    public override XapiClass Class => XapiClass.Vmpp;

    public override string WireName => "VMPP";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vmpp ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vmpp);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.IsPolicyEnabled;
        var f4 = s_blank.BackupType;
        var f5 = s_blank.BackupRetentionValue;
        var f6 = s_blank.BackupFrequency;
        var f7 = s_blank.BackupSchedule;
        var f8 = s_blank.IsBackupRunning;
        var f9 = s_blank.BackupLastRunTime;
        var f10 = s_blank.ArchiveTargetType;
        var f11 = s_blank.ArchiveTargetConfig;
        var f12 = s_blank.ArchiveFrequency;
        var f13 = s_blank.ArchiveSchedule;
        var f14 = s_blank.IsArchiveRunning;
        var f15 = s_blank.ArchiveLastRunTime;
        var f16 = s_blank.Vms;
        var f17 = s_blank.IsAlarmEnabled;
        var f18 = s_blank.AlarmConfig;
        var f19 = s_blank.RecentAlerts;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.IsPolicyEnabled, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.BackupType, context); break;
                case 5: f5 = IntWire.Read(ref reader, before.BackupRetentionValue, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.BackupFrequency, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.BackupSchedule, context); break;
                case 8: f8 = BoolWire.Read(ref reader, before.IsBackupRunning, context); break;
                case 9: f9 = TimeWire.Read(ref reader, before.BackupLastRunTime, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.ArchiveTargetType, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.ArchiveTargetConfig, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.ArchiveFrequency, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.ArchiveSchedule, context); break;
                case 14: f14 = BoolWire.Read(ref reader, before.IsArchiveRunning, context); break;
                case 15: f15 = TimeWire.Read(ref reader, before.ArchiveLastRunTime, context); break;
                case 16: f16 = SetWire<XenRef<Vm>, RefWire<Vm>>.Read(ref reader, before.Vms, context); break;
                case 17: f17 = BoolWire.Read(ref reader, before.IsAlarmEnabled, context); break;
                case 18: f18 = memo.F18.Read(ref reader, before.AlarmConfig, context); break;
                case 19: f19 = memo.F19.Read(ref reader, before.RecentAlerts, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vmpp
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            IsPolicyEnabled = f3,
            BackupType = f4,
            BackupRetentionValue = f5,
            BackupFrequency = f6,
            BackupSchedule = f7,
            IsBackupRunning = f8,
            BackupLastRunTime = f9,
            ArchiveTargetType = f10,
            ArchiveTargetConfig = f11,
            ArchiveFrequency = f12,
            ArchiveSchedule = f13,
            IsArchiveRunning = f14,
            ArchiveLastRunTime = f15,
            Vms = f16,
            IsAlarmEnabled = f17,
            AlarmConfig = f18,
            RecentAlerts = f19,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vmpp)a, (Vmpp)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!BoolWire.Same(x.IsPolicyEnabled, y.IsPolicyEnabled)) changed = changed.With(3);
        if (!EnumWire<VmppBackupType>.Same(x.BackupType, y.BackupType)) changed = changed.With(4);
        if (!IntWire.Same(x.BackupRetentionValue, y.BackupRetentionValue)) changed = changed.With(5);
        if (!EnumWire<VmppBackupFrequency>.Same(x.BackupFrequency, y.BackupFrequency)) changed = changed.With(6);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.BackupSchedule, y.BackupSchedule)) changed = changed.With(7);
        if (!BoolWire.Same(x.IsBackupRunning, y.IsBackupRunning)) changed = changed.With(8);
        if (!TimeWire.Same(x.BackupLastRunTime, y.BackupLastRunTime)) changed = changed.With(9);
        if (!EnumWire<VmppArchiveTargetType>.Same(x.ArchiveTargetType, y.ArchiveTargetType)) changed = changed.With(10);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.ArchiveTargetConfig, y.ArchiveTargetConfig)) changed = changed.With(11);
        if (!EnumWire<VmppArchiveFrequency>.Same(x.ArchiveFrequency, y.ArchiveFrequency)) changed = changed.With(12);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.ArchiveSchedule, y.ArchiveSchedule)) changed = changed.With(13);
        if (!BoolWire.Same(x.IsArchiveRunning, y.IsArchiveRunning)) changed = changed.With(14);
        if (!TimeWire.Same(x.ArchiveLastRunTime, y.ArchiveLastRunTime)) changed = changed.With(15);
        if (!SetWire<XenRef<Vm>, RefWire<Vm>>.Same(x.Vms, y.Vms)) changed = changed.With(16);
        if (!BoolWire.Same(x.IsAlarmEnabled, y.IsAlarmEnabled)) changed = changed.With(17);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.AlarmConfig, y.AlarmConfig)) changed = changed.With(18);
        if (!SetWire<string, TextWire>.Same(x.RecentAlerts, y.RecentAlerts)) changed = changed.With(19);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vmpp)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: BoolWire.Write(writer, x.IsPolicyEnabled); break;
            case 4: EnumWire<VmppBackupType>.Write(writer, x.BackupType); break;
            case 5: IntWire.Write(writer, x.BackupRetentionValue); break;
            case 6: EnumWire<VmppBackupFrequency>.Write(writer, x.BackupFrequency); break;
            case 7: MapWire<string, TextWire, string, TextWire>.Write(writer, x.BackupSchedule); break;
            case 8: BoolWire.Write(writer, x.IsBackupRunning); break;
            case 9: TimeWire.Write(writer, x.BackupLastRunTime); break;
            case 10: EnumWire<VmppArchiveTargetType>.Write(writer, x.ArchiveTargetType); break;
            case 11: MapWire<string, TextWire, string, TextWire>.Write(writer, x.ArchiveTargetConfig); break;
            case 12: EnumWire<VmppArchiveFrequency>.Write(writer, x.ArchiveFrequency); break;
            case 13: MapWire<string, TextWire, string, TextWire>.Write(writer, x.ArchiveSchedule); break;
            case 14: BoolWire.Write(writer, x.IsArchiveRunning); break;
            case 15: TimeWire.Write(writer, x.ArchiveLastRunTime); break;
            case 16: SetWire<XenRef<Vm>, RefWire<Vm>>.Write(writer, x.Vms); break;
            case 17: BoolWire.Write(writer, x.IsAlarmEnabled); break;
            case 18: MapWire<string, TextWire, string, TextWire>.Write(writer, x.AlarmConfig); break;
            case 19: SetWire<string, TextWire>.Write(writer, x.RecentAlerts); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VMPP has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vmpp)value;
        SetWire<XenRef<Vm>, RefWire<Vm>>.Visit(x.Vms, 16, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<VmppBackupType, EnumWire<VmppBackupType>> F4;
        public FieldMemo<VmppBackupFrequency, EnumWire<VmppBackupFrequency>> F6;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F7;
        public FieldMemo<VmppArchiveTargetType, EnumWire<VmppArchiveTargetType>> F10;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F11;
        public FieldMemo<VmppArchiveFrequency, EnumWire<VmppArchiveFrequency>> F12;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F13;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F18;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F19;
    }
}
