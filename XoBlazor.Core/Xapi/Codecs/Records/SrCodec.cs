// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Sr"/>'s fields.</summary>
public static class SrFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int AllowedOperations = 3;
    public const int CurrentOperations = 4;
    public const int Vdis = 5;
    public const int Pbds = 6;
    public const int VirtualAllocation = 7;
    public const int PhysicalUtilisation = 8;
    public const int PhysicalSize = 9;
    public const int Type = 10;
    public const int ContentType = 11;
    public const int Shared = 12;
    public const int OtherConfig = 13;
    public const int Tags = 14;
    public const int SmConfig = 15;
    public const int Blobs = 16;
    public const int LocalCacheEnabled = 17;
    public const int IntroducedBy = 18;
    public const int Clustered = 19;
    public const int IsToolsSr = 20;
}

internal sealed class SrCodec : XapiCodec
{
    private static readonly Sr s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Sr.Uuid), "string", false),
        new(1, "name_label", nameof(Sr.NameLabel), "string", false),
        new(2, "name_description", nameof(Sr.NameDescription), "string", false),
        new(3, "allowed_operations", nameof(Sr.AllowedOperations), "enum storage_operations set", false),
        new(4, "current_operations", nameof(Sr.CurrentOperations), "(string -> enum storage_operations) map", false),
        new(5, "VDIs", nameof(Sr.Vdis), "VDI ref set", false),
        new(6, "PBDs", nameof(Sr.Pbds), "PBD ref set", false),
        new(7, "virtual_allocation", nameof(Sr.VirtualAllocation), "int", false),
        new(8, "physical_utilisation", nameof(Sr.PhysicalUtilisation), "int", false),
        new(9, "physical_size", nameof(Sr.PhysicalSize), "int", false),
        new(10, "type", nameof(Sr.Type), "string", false),
        new(11, "content_type", nameof(Sr.ContentType), "string", false),
        new(12, "shared", nameof(Sr.Shared), "bool", false),
        new(13, "other_config", nameof(Sr.OtherConfig), "(string -> string) map", false),
        new(14, "tags", nameof(Sr.Tags), "string set", false),
        new(15, "sm_config", nameof(Sr.SmConfig), "(string -> string) map", false),
        new(16, "blobs", nameof(Sr.Blobs), "(string -> blob ref) map", false),
        new(17, "local_cache_enabled", nameof(Sr.LocalCacheEnabled), "bool", false),
        new(18, "introduced_by", nameof(Sr.IntroducedBy), "DR_task ref", false),
        new(19, "clustered", nameof(Sr.Clustered), "bool", false),
        new(20, "is_tools_sr", nameof(Sr.IsToolsSr), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.Sr;

    public override string WireName => "SR";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Sr ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Sr);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.AllowedOperations;
        var f4 = s_blank.CurrentOperations;
        var f5 = s_blank.Vdis;
        var f6 = s_blank.Pbds;
        var f7 = s_blank.VirtualAllocation;
        var f8 = s_blank.PhysicalUtilisation;
        var f9 = s_blank.PhysicalSize;
        var f10 = s_blank.Type;
        var f11 = s_blank.ContentType;
        var f12 = s_blank.Shared;
        var f13 = s_blank.OtherConfig;
        var f14 = s_blank.Tags;
        var f15 = s_blank.SmConfig;
        var f16 = s_blank.Blobs;
        var f17 = s_blank.LocalCacheEnabled;
        var f18 = s_blank.IntroducedBy;
        var f19 = s_blank.Clustered;
        var f20 = s_blank.IsToolsSr;
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
                case 5: f5 = SetWire<XenRef<Vdi>, RefWire<Vdi>>.Read(ref reader, before.Vdis, context); break;
                case 6: f6 = SetWire<XenRef<Pbd>, RefWire<Pbd>>.Read(ref reader, before.Pbds, context); break;
                case 7: f7 = IntWire.Read(ref reader, before.VirtualAllocation, context); break;
                case 8: f8 = IntWire.Read(ref reader, before.PhysicalUtilisation, context); break;
                case 9: f9 = IntWire.Read(ref reader, before.PhysicalSize, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.Type, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.ContentType, context); break;
                case 12: f12 = BoolWire.Read(ref reader, before.Shared, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.OtherConfig, context); break;
                case 14: f14 = memo.F14.Read(ref reader, before.Tags, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.SmConfig, context); break;
                case 16: f16 = memo.F16.Read(ref reader, before.Blobs, context); break;
                case 17: f17 = BoolWire.Read(ref reader, before.LocalCacheEnabled, context); break;
                case 18: f18 = RefWire<DrTask>.Read(ref reader, before.IntroducedBy, context); break;
                case 19: f19 = BoolWire.Read(ref reader, before.Clustered, context); break;
                case 20: f20 = BoolWire.Read(ref reader, before.IsToolsSr, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Sr
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            AllowedOperations = f3,
            CurrentOperations = f4,
            Vdis = f5,
            Pbds = f6,
            VirtualAllocation = f7,
            PhysicalUtilisation = f8,
            PhysicalSize = f9,
            Type = f10,
            ContentType = f11,
            Shared = f12,
            OtherConfig = f13,
            Tags = f14,
            SmConfig = f15,
            Blobs = f16,
            LocalCacheEnabled = f17,
            IntroducedBy = f18,
            Clustered = f19,
            IsToolsSr = f20,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Sr)a, (Sr)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!EnumSetWire<SrOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(3);
        if (!MapWire<string, TextWire, SrOperation, EnumWire<SrOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(4);
        if (!SetWire<XenRef<Vdi>, RefWire<Vdi>>.Same(x.Vdis, y.Vdis)) changed = changed.With(5);
        if (!SetWire<XenRef<Pbd>, RefWire<Pbd>>.Same(x.Pbds, y.Pbds)) changed = changed.With(6);
        if (!IntWire.Same(x.VirtualAllocation, y.VirtualAllocation)) changed = changed.With(7);
        if (!IntWire.Same(x.PhysicalUtilisation, y.PhysicalUtilisation)) changed = changed.With(8);
        if (!IntWire.Same(x.PhysicalSize, y.PhysicalSize)) changed = changed.With(9);
        if (!TextWire.Same(x.Type, y.Type)) changed = changed.With(10);
        if (!TextWire.Same(x.ContentType, y.ContentType)) changed = changed.With(11);
        if (!BoolWire.Same(x.Shared, y.Shared)) changed = changed.With(12);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(13);
        if (!SetWire<string, TextWire>.Same(x.Tags, y.Tags)) changed = changed.With(14);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.SmConfig, y.SmConfig)) changed = changed.With(15);
        if (!MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Same(x.Blobs, y.Blobs)) changed = changed.With(16);
        if (!BoolWire.Same(x.LocalCacheEnabled, y.LocalCacheEnabled)) changed = changed.With(17);
        if (!RefWire<DrTask>.Same(x.IntroducedBy, y.IntroducedBy)) changed = changed.With(18);
        if (!BoolWire.Same(x.Clustered, y.Clustered)) changed = changed.With(19);
        if (!BoolWire.Same(x.IsToolsSr, y.IsToolsSr)) changed = changed.With(20);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Sr)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: EnumSetWire<SrOperation>.Write(writer, x.AllowedOperations); break;
            case 4: MapWire<string, TextWire, SrOperation, EnumWire<SrOperation>>.Write(writer, x.CurrentOperations); break;
            case 5: SetWire<XenRef<Vdi>, RefWire<Vdi>>.Write(writer, x.Vdis); break;
            case 6: SetWire<XenRef<Pbd>, RefWire<Pbd>>.Write(writer, x.Pbds); break;
            case 7: IntWire.Write(writer, x.VirtualAllocation); break;
            case 8: IntWire.Write(writer, x.PhysicalUtilisation); break;
            case 9: IntWire.Write(writer, x.PhysicalSize); break;
            case 10: TextWire.Write(writer, x.Type); break;
            case 11: TextWire.Write(writer, x.ContentType); break;
            case 12: BoolWire.Write(writer, x.Shared); break;
            case 13: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 14: SetWire<string, TextWire>.Write(writer, x.Tags); break;
            case 15: MapWire<string, TextWire, string, TextWire>.Write(writer, x.SmConfig); break;
            case 16: MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Write(writer, x.Blobs); break;
            case 17: BoolWire.Write(writer, x.LocalCacheEnabled); break;
            case 18: RefWire<DrTask>.Write(writer, x.IntroducedBy); break;
            case 19: BoolWire.Write(writer, x.Clustered); break;
            case 20: BoolWire.Write(writer, x.IsToolsSr); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "SR has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Sr)value;
        SetWire<XenRef<Vdi>, RefWire<Vdi>>.Visit(x.Vdis, 5, visitor);
        SetWire<XenRef<Pbd>, RefWire<Pbd>>.Visit(x.Pbds, 6, visitor);
        MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Visit(x.Blobs, 16, visitor);
        RefWire<DrTask>.Visit(x.IntroducedBy, 18, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<EnumSet<SrOperation>, EnumSetWire<SrOperation>> F3;
        public FieldMemo<XenMap<string, SrOperation>, MapWire<string, TextWire, SrOperation, EnumWire<SrOperation>>> F4;
        public FieldMemo<string, TextWire> F10;
        public FieldMemo<string, TextWire> F11;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F13;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F14;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F15;
        public FieldMemo<XenMap<string, XenRef<Blob>>, MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>> F16;
    }
}
