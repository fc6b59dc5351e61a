// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Sm"/>'s fields.</summary>
public static class SmFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Type = 3;
    public const int Vendor = 4;
    public const int Copyright = 5;
    public const int Version = 6;
    public const int RequiredApiVersion = 7;
    public const int Configuration = 8;
    public const int Capabilities = 9;
    public const int Features = 10;
    public const int OtherConfig = 11;
    public const int DriverFilename = 12;
    public const int RequiredClusterStack = 13;
    public const int SupportedImageFormats = 14;
}

internal sealed class SmCodec : XapiCodec
{
    private static readonly Sm s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Sm.Uuid), "string", false),
        new(1, "name_label", nameof(Sm.NameLabel), "string", false),
        new(2, "name_description", nameof(Sm.NameDescription), "string", false),
        new(3, "type", nameof(Sm.Type), "string", false),
        new(4, "vendor", nameof(Sm.Vendor), "string", false),
        new(5, "copyright", nameof(Sm.Copyright), "string", false),
        new(6, "version", nameof(Sm.Version), "string", false),
        new(7, "required_api_version", nameof(Sm.RequiredApiVersion), "string", false),
        new(8, "configuration", nameof(Sm.Configuration), "(string -> string) map", false),
        new(9, "capabilities", nameof(Sm.Capabilities), "string set", false),
        new(10, "features", nameof(Sm.Features), "(string -> int) map", false),
        new(11, "other_config", nameof(Sm.OtherConfig), "(string -> string) map", false),
        new(12, "driver_filename", nameof(Sm.DriverFilename), "string", false),
        new(13, "required_cluster_stack", nameof(Sm.RequiredClusterStack), "string set", false),
        new(14, "supported_image_formats", nameof(Sm.SupportedImageFormats), "enum image_format_type set", false),
    ]);

    public override XapiClass Class => XapiClass.Sm;

    public override string WireName => "SM";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Sm ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Sm);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Type;
        var f4 = s_blank.Vendor;
        var f5 = s_blank.Copyright;
        var f6 = s_blank.Version;
        var f7 = s_blank.RequiredApiVersion;
        var f8 = s_blank.Configuration;
        var f9 = s_blank.Capabilities;
        var f10 = s_blank.Features;
        var f11 = s_blank.OtherConfig;
        var f12 = s_blank.DriverFilename;
        var f13 = s_blank.RequiredClusterStack;
        var f14 = s_blank.SupportedImageFormats;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Type, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.Vendor, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Copyright, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Version, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.RequiredApiVersion, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.Configuration, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Capabilities, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.Features, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.OtherConfig, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.DriverFilename, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.RequiredClusterStack, context); break;
                case 14: f14 = memo.F14.Read(ref reader, before.SupportedImageFormats, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Sm
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Type = f3,
            Vendor = f4,
            Copyright = f5,
            Version = f6,
            RequiredApiVersion = f7,
            Configuration = f8,
            Capabilities = f9,
            Features = f10,
            OtherConfig = f11,
            DriverFilename = f12,
            RequiredClusterStack = f13,
            SupportedImageFormats = f14,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Sm)a, (Sm)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!TextWire.Same(x.Type, y.Type)) changed = changed.With(3);
        if (!TextWire.Same(x.Vendor, y.Vendor)) changed = changed.With(4);
        if (!TextWire.Same(x.Copyright, y.Copyright)) changed = changed.With(5);
        if (!TextWire.Same(x.Version, y.Version)) changed = changed.With(6);
        if (!TextWire.Same(x.RequiredApiVersion, y.RequiredApiVersion)) changed = changed.With(7);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Configuration, y.Configuration)) changed = changed.With(8);
        if (!SetWire<string, TextWire>.Same(x.Capabilities, y.Capabilities)) changed = changed.With(9);
        if (!MapWire<string, TextWire, long, IntWire>.Same(x.Features, y.Features)) changed = changed.With(10);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(11);
        if (!TextWire.Same(x.DriverFilename, y.DriverFilename)) changed = changed.With(12);
        if (!SetWire<string, TextWire>.Same(x.RequiredClusterStack, y.RequiredClusterStack)) changed = changed.With(13);
        if (!EnumSetWire<ImageFormatType>.Same(x.SupportedImageFormats, y.SupportedImageFormats)) changed = changed.With(14);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Sm)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: TextWire.Write(writer, x.Type); break;
            case 4: TextWire.Write(writer, x.Vendor); break;
            case 5: TextWire.Write(writer, x.Copyright); break;
            case 6: TextWire.Write(writer, x.Version); break;
            case 7: TextWire.Write(writer, x.RequiredApiVersion); break;
            case 8: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Configuration); break;
            case 9: SetWire<string, TextWire>.Write(writer, x.Capabilities); break;
            case 10: MapWire<string, TextWire, long, IntWire>.Write(writer, x.Features); break;
            case 11: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 12: TextWire.Write(writer, x.DriverFilename); break;
            case 13: SetWire<string, TextWire>.Write(writer, x.RequiredClusterStack); break;
            case 14: EnumSetWire<ImageFormatType>.Write(writer, x.SupportedImageFormats); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "SM has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<string, TextWire> F5;
        public FieldMemo<string, TextWire> F6;
        public FieldMemo<string, TextWire> F7;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F8;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F9;
        public FieldMemo<XenMap<string, long>, MapWire<string, TextWire, long, IntWire>> F10;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F11;
        public FieldMemo<string, TextWire> F12;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F13;
        public FieldMemo<EnumSet<ImageFormatType>, EnumSetWire<ImageFormatType>> F14;
    }
}
