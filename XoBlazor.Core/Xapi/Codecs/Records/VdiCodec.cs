// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vdi"/>'s fields.</summary>
public static class VdiFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int AllowedOperations = 3;
    public const int CurrentOperations = 4;
    public const int Sr = 5;
    public const int Vbds = 6;
    public const int CrashDumps = 7;
    public const int VirtualSize = 8;
    public const int PhysicalUtilisation = 9;
    public const int Type = 10;
    public const int Sharable = 11;
    public const int ReadOnly = 12;
    public const int OtherConfig = 13;
    public const int StorageLock = 14;
    public const int Location = 15;
    public const int Managed = 16;
    public const int Missing = 17;
    public const int Parent = 18;
    public const int XenstoreData = 19;
    public const int SmConfig = 20;
    public const int IsASnapshot = 21;
    public const int SnapshotOf = 22;
    public const int Snapshots = 23;
    public const int SnapshotTime = 24;
    public const int Tags = 25;
    public const int AllowCaching = 26;
    public const int OnBoot = 27;
    public const int MetadataOfPool = 28;
    public const int MetadataLatest = 29;
    public const int IsToolsIso = 30;
    public const int CbtEnabled = 31;
}

internal sealed class VdiCodec : XapiCodec
{
    private static readonly Vdi s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vdi.Uuid), "string", false),
        new(1, "name_label", nameof(Vdi.NameLabel), "string", false),
        new(2, "name_description", nameof(Vdi.NameDescription), "string", false),
        new(3, "allowed_operations", nameof(Vdi.AllowedOperations), "enum vdi_operations set", false),
        new(4, "current_operations", nameof(Vdi.CurrentOperations), "(string -> enum vdi_operations) map", false),
        new(5, "SR", nameof(Vdi.Sr), "SR ref", false),
        new(6, "VBDs", nameof(Vdi.Vbds), "VBD ref set", false),
        new(7, "crash_dumps", nameof(Vdi.CrashDumps), "crashdump ref set", false),
        new(8, "virtual_size", nameof(Vdi.VirtualSize), "int", false),
        new(9, "physical_utilisation", nameof(Vdi.PhysicalUtilisation), "int", false),
        new(10, "type", nameof(Vdi.Type), "enum vdi_type", false),
        new(11, "sharable", nameof(Vdi.Sharable), "bool", false),
        new(12, "read_only", nameof(Vdi.ReadOnly), "bool", false),
        new(13, "other_config", nameof(Vdi.OtherConfig), "(string -> string) map", false),
        new(14, "storage_lock", nameof(Vdi.StorageLock), "bool", false),
        new(15, "location", nameof(Vdi.Location), "string", false),
        new(16, "managed", nameof(Vdi.Managed), "bool", false),
        new(17, "missing", nameof(Vdi.Missing), "bool", false),
        new(18, "parent", nameof(Vdi.Parent), "VDI ref", false),
        new(19, "xenstore_data", nameof(Vdi.XenstoreData), "(string -> string) map", false),
        new(20, "sm_config", nameof(Vdi.SmConfig), "(string -> string) map", false),
        new(21, "is_a_snapshot", nameof(Vdi.IsASnapshot), "bool", false),
        new(22, "snapshot_of", nameof(Vdi.SnapshotOf), "VDI ref", false),
        new(23, "snapshots", nameof(Vdi.Snapshots), "VDI ref set", false),
        new(24, "snapshot_time", nameof(Vdi.SnapshotTime), "datetime", false),
        new(25, "tags", nameof(Vdi.Tags), "string set", false),
        new(26, "allow_caching", nameof(Vdi.AllowCaching), "bool", false),
        new(27, "on_boot", nameof(Vdi.OnBoot), "enum on_boot", false),
        new(28, "metadata_of_pool", nameof(Vdi.MetadataOfPool), "pool ref", false),
        new(29, "metadata_latest", nameof(Vdi.MetadataLatest), "bool", false),
        new(30, "is_tools_iso", nameof(Vdi.IsToolsIso), "bool", false),
        new(31, "cbt_enabled", nameof(Vdi.CbtEnabled), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.Vdi;

    public override string WireName => "VDI";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vdi ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vdi);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.AllowedOperations;
        var f4 = s_blank.CurrentOperations;
        var f5 = s_blank.Sr;
        var f6 = s_blank.Vbds;
        var f7 = s_blank.CrashDumps;
        var f8 = s_blank.VirtualSize;
        var f9 = s_blank.PhysicalUtilisation;
        var f10 = s_blank.Type;
        var f11 = s_blank.Sharable;
        var f12 = s_blank.ReadOnly;
        var f13 = s_blank.OtherConfig;
        var f14 = s_blank.StorageLock;
        var f15 = s_blank.Location;
        var f16 = s_blank.Managed;
        var f17 = s_blank.Missing;
        var f18 = s_blank.Parent;
        var f19 = s_blank.XenstoreData;
        var f20 = s_blank.SmConfig;
        var f21 = s_blank.IsASnapshot;
        var f22 = s_blank.SnapshotOf;
        var f23 = s_blank.Snapshots;
        var f24 = s_blank.SnapshotTime;
        var f25 = s_blank.Tags;
        var f26 = s_blank.AllowCaching;
        var f27 = s_blank.OnBoot;
        var f28 = s_blank.MetadataOfPool;
        var f29 = s_blank.MetadataLatest;
        var f30 = s_blank.IsToolsIso;
        var f31 = s_blank.CbtEnabled;
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
                case 5: f5 = RefWire<Sr>.Read(ref reader, before.Sr, context); break;
                case 6: f6 = SetWire<XenRef<Vbd>, RefWire<Vbd>>.Read(ref reader, before.Vbds, context); break;
                case 7: f7 = SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Read(ref reader, before.CrashDumps, context); break;
                case 8: f8 = IntWire.Read(ref reader, before.VirtualSize, context); break;
                case 9: f9 = IntWire.Read(ref reader, before.PhysicalUtilisation, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.Type, context); break;
                case 11: f11 = BoolWire.Read(ref reader, before.Sharable, context); break;
                case 12: f12 = BoolWire.Read(ref reader, before.ReadOnly, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.OtherConfig, context); break;
                case 14: f14 = BoolWire.Read(ref reader, before.StorageLock, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.Location, context); break;
                case 16: f16 = BoolWire.Read(ref reader, before.Managed, context); break;
                case 17: f17 = BoolWire.Read(ref reader, before.Missing, context); break;
                case 18: f18 = RefWire<Vdi>.Read(ref reader, before.Parent, context); break;
                case 19: f19 = memo.F19.Read(ref reader, before.XenstoreData, context); break;
                case 20: f20 = memo.F20.Read(ref reader, before.SmConfig, context); break;
                case 21: f21 = BoolWire.Read(ref reader, before.IsASnapshot, context); break;
                case 22: f22 = RefWire<Vdi>.Read(ref reader, before.SnapshotOf, context); break;
                case 23: f23 = SetWire<XenRef<Vdi>, RefWire<Vdi>>.Read(ref reader, before.Snapshots, context); break;
                case 24: f24 = TimeWire.Read(ref reader, before.SnapshotTime, context); break;
                case 25: f25 = memo.F25.Read(ref reader, before.Tags, context); break;
                case 26: f26 = BoolWire.Read(ref reader, before.AllowCaching, context); break;
                case 27: f27 = memo.F27.Read(ref reader, before.OnBoot, context); break;
                case 28: f28 = RefWire<Pool>.Read(ref reader, before.MetadataOfPool, context); break;
                case 29: f29 = BoolWire.Read(ref reader, before.MetadataLatest, context); break;
                case 30: f30 = BoolWire.Read(ref reader, before.IsToolsIso, context); break;
                case 31: f31 = BoolWire.Read(ref reader, before.CbtEnabled, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vdi
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            AllowedOperations = f3,
            CurrentOperations = f4,
            Sr = f5,
            Vbds = f6,
            CrashDumps = f7,
            VirtualSize = f8,
            PhysicalUtilisation = f9,
            Type = f10,
            Sharable = f11,
            ReadOnly = f12,
            OtherConfig = f13,
            StorageLock = f14,
            Location = f15,
            Managed = f16,
            Missing = f17,
            Parent = f18,
            XenstoreData = f19,
            SmConfig = f20,
            IsASnapshot = f21,
            SnapshotOf = f22,
            Snapshots = f23,
            SnapshotTime = f24,
            Tags = f25,
            AllowCaching = f26,
            OnBoot = f27,
            MetadataOfPool = f28,
            MetadataLatest = f29,
            IsToolsIso = f30,
            CbtEnabled = f31,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vdi)a, (Vdi)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!EnumSetWire<VdiOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(3);
        if (!MapWire<string, TextWire, VdiOperation, EnumWire<VdiOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(4);
        if (!RefWire<Sr>.Same(x.Sr, y.Sr)) changed = changed.With(5);
        if (!SetWire<XenRef<Vbd>, RefWire<Vbd>>.Same(x.Vbds, y.Vbds)) changed = changed.With(6);
        if (!SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Same(x.CrashDumps, y.CrashDumps)) changed = changed.With(7);
        if (!IntWire.Same(x.VirtualSize, y.VirtualSize)) changed = changed.With(8);
        if (!IntWire.Same(x.PhysicalUtilisation, y.PhysicalUtilisation)) changed = changed.With(9);
        if (!EnumWire<VdiType>.Same(x.Type, y.Type)) changed = changed.With(10);
        if (!BoolWire.Same(x.Sharable, y.Sharable)) changed = changed.With(11);
        if (!BoolWire.Same(x.ReadOnly, y.ReadOnly)) changed = changed.With(12);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(13);
        if (!BoolWire.Same(x.StorageLock, y.StorageLock)) changed = changed.With(14);
        if (!TextWire.Same(x.Location, y.Location)) changed = changed.With(15);
        if (!BoolWire.Same(x.Managed, y.Managed)) changed = changed.With(16);
        if (!BoolWire.Same(x.Missing, y.Missing)) changed = changed.With(17);
        if (!RefWire<Vdi>.Same(x.Parent, y.Parent)) changed = changed.With(18);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.XenstoreData, y.XenstoreData)) changed = changed.With(19);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.SmConfig, y.SmConfig)) changed = changed.With(20);
        if (!BoolWire.Same(x.IsASnapshot, y.IsASnapshot)) changed = changed.With(21);
        if (!RefWire<Vdi>.Same(x.SnapshotOf, y.SnapshotOf)) changed = changed.With(22);
        if (!SetWire<XenRef<Vdi>, RefWire<Vdi>>.Same(x.Snapshots, y.Snapshots)) changed = changed.With(23);
        if (!TimeWire.Same(x.SnapshotTime, y.SnapshotTime)) changed = changed.With(24);
        if (!SetWire<string, TextWire>.Same(x.Tags, y.Tags)) changed = changed.With(25);
        if (!BoolWire.Same(x.AllowCaching, y.AllowCaching)) changed = changed.With(26);
        if (!EnumWire<VdiOnBoot>.Same(x.OnBoot, y.OnBoot)) changed = changed.With(27);
        if (!RefWire<Pool>.Same(x.MetadataOfPool, y.MetadataOfPool)) changed = changed.With(28);
        if (!BoolWire.Same(x.MetadataLatest, y.MetadataLatest)) changed = changed.With(29);
        if (!BoolWire.Same(x.IsToolsIso, y.IsToolsIso)) changed = changed.With(30);
        if (!BoolWire.Same(x.CbtEnabled, y.CbtEnabled)) changed = changed.With(31);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vdi)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: EnumSetWire<VdiOperation>.Write(writer, x.AllowedOperations); break;
            case 4: MapWire<string, TextWire, VdiOperation, EnumWire<VdiOperation>>.Write(writer, x.CurrentOperations); break;
            case 5: RefWire<Sr>.Write(writer, x.Sr); break;
            case 6: SetWire<XenRef<Vbd>, RefWire<Vbd>>.Write(writer, x.Vbds); break;
            case 7: SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Write(writer, x.CrashDumps); break;
            case 8: IntWire.Write(writer, x.VirtualSize); break;
            case 9: IntWire.Write(writer, x.PhysicalUtilisation); break;
            case 10: EnumWire<VdiType>.Write(writer, x.Type); break;
            case 11: BoolWire.Write(writer, x.Sharable); break;
            case 12: BoolWire.Write(writer, x.ReadOnly); break;
            case 13: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 14: BoolWire.Write(writer, x.StorageLock); break;
            case 15: TextWire.Write(writer, x.Location); break;
            case 16: BoolWire.Write(writer, x.Managed); break;
            case 17: BoolWire.Write(writer, x.Missing); break;
            case 18: RefWire<Vdi>.Write(writer, x.Parent); break;
            case 19: MapWire<string, TextWire, string, TextWire>.Write(writer, x.XenstoreData); break;
            case 20: MapWire<string, TextWire, string, TextWire>.Write(writer, x.SmConfig); break;
            case 21: BoolWire.Write(writer, x.IsASnapshot); break;
            case 22: RefWire<Vdi>.Write(writer, x.SnapshotOf); break;
            case 23: SetWire<XenRef<Vdi>, RefWire<Vdi>>.Write(writer, x.Snapshots); break;
            case 24: TimeWire.Write(writer, x.SnapshotTime); break;
            case 25: SetWire<string, TextWire>.Write(writer, x.Tags); break;
            case 26: BoolWire.Write(writer, x.AllowCaching); break;
            case 27: EnumWire<VdiOnBoot>.Write(writer, x.OnBoot); break;
            case 28: RefWire<Pool>.Write(writer, x.MetadataOfPool); break;
            case 29: BoolWire.Write(writer, x.MetadataLatest); break;
            case 30: BoolWire.Write(writer, x.IsToolsIso); break;
            case 31: BoolWire.Write(writer, x.CbtEnabled); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VDI has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vdi)value;
        RefWire<Sr>.Visit(x.Sr, 5, visitor);
        SetWire<XenRef<Vbd>, RefWire<Vbd>>.Visit(x.Vbds, 6, visitor);
        SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Visit(x.CrashDumps, 7, visitor);
        RefWire<Vdi>.Visit(x.Parent, 18, visitor);
        RefWire<Vdi>.Visit(x.SnapshotOf, 22, visitor);
        SetWire<XenRef<Vdi>, RefWire<Vdi>>.Visit(x.Snapshots, 23, visitor);
        RefWire<Pool>.Visit(x.MetadataOfPool, 28, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<EnumSet<VdiOperation>, EnumSetWire<VdiOperation>> F3;
        public FieldMemo<XenMap<string, VdiOperation>, MapWire<string, TextWire, VdiOperation, EnumWire<VdiOperation>>> F4;
        public FieldMemo<VdiType, EnumWire<VdiType>> F10;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F13;
        public FieldMemo<string, TextWire> F15;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F19;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F20;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F25;
        public FieldMemo<VdiOnBoot, EnumWire<VdiOnBoot>> F27;
    }
}
