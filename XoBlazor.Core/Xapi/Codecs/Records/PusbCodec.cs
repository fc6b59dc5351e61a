// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Pusb"/>'s fields.</summary>
public static class PusbFields
{
    public const int Uuid = 0;
    public const int UsbGroup = 1;
    public const int Host = 2;
    public const int Path = 3;
    public const int VendorId = 4;
    public const int VendorDesc = 5;
    public const int ProductId = 6;
    public const int ProductDesc = 7;
    public const int Serial = 8;
    public const int Version = 9;
    public const int Description = 10;
    public const int PassthroughEnabled = 11;
    public const int OtherConfig = 12;
    public const int Speed = 13;
}

internal sealed class PusbCodec : XapiCodec
{
    private static readonly Pusb s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Pusb.Uuid), "string", false),
        new(1, "USB_group", nameof(Pusb.UsbGroup), "USB_group ref", false),
        new(2, "host", nameof(Pusb.Host), "host ref", false),
        new(3, "path", nameof(Pusb.Path), "string", false),
        new(4, "vendor_id", nameof(Pusb.VendorId), "string", false),
        new(5, "vendor_desc", nameof(Pusb.VendorDesc), "string", false),
        new(6, "product_id", nameof(Pusb.ProductId), "string", false),
        new(7, "product_desc", nameof(Pusb.ProductDesc), "string", false),
        new(8, "serial", nameof(Pusb.Serial), "string", false),
        new(9, "version", nameof(Pusb.Version), "string", false),
        new(10, "description", nameof(Pusb.Description), "string", false),
        new(11, "passthrough_enabled", nameof(Pusb.PassthroughEnabled), "bool", false),
        new(12, "other_config", nameof(Pusb.OtherConfig), "(string -> string) map", false),
        new(13, "speed", nameof(Pusb.Speed), "float", false),
    ]);

    public override XapiClass Class => XapiClass.Pusb;

    public override string WireName => "PUSB";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Pusb ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Pusb);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.UsbGroup;
        var f2 = s_blank.Host;
        var f3 = s_blank.Path;
        var f4 = s_blank.VendorId;
        var f5 = s_blank.VendorDesc;
        var f6 = s_blank.ProductId;
        var f7 = s_blank.ProductDesc;
        var f8 = s_blank.Serial;
        var f9 = s_blank.Version;
        var f10 = s_blank.Description;
        var f11 = s_blank.PassthroughEnabled;
        var f12 = s_blank.OtherConfig;
        var f13 = s_blank.Speed;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<UsbGroup>.Read(ref reader, before.UsbGroup, context); break;
                case 2: f2 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Path, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.VendorId, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.VendorDesc, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.ProductId, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.ProductDesc, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.Serial, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Version, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.Description, context); break;
                case 11: f11 = BoolWire.Read(ref reader, before.PassthroughEnabled, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.OtherConfig, context); break;
                case 13: f13 = FloatWire.Read(ref reader, before.Speed, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Pusb
        {
            Ref = reference,
            Uuid = f0,
            UsbGroup = f1,
            Host = f2,
            Path = f3,
            VendorId = f4,
            VendorDesc = f5,
            ProductId = f6,
            ProductDesc = f7,
            Serial = f8,
            Version = f9,
            Description = f10,
            PassthroughEnabled = f11,
            OtherConfig = f12,
            Speed = f13,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Pusb)a, (Pusb)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<UsbGroup>.Same(x.UsbGroup, y.UsbGroup)) changed = changed.With(1);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(2);
        if (!TextWire.Same(x.Path, y.Path)) changed = changed.With(3);
        if (!TextWire.Same(x.VendorId, y.VendorId)) changed = changed.With(4);
        if (!TextWire.Same(x.VendorDesc, y.VendorDesc)) changed = changed.With(5);
        if (!TextWire.Same(x.ProductId, y.ProductId)) changed = changed.With(6);
        if (!TextWire.Same(x.ProductDesc, y.ProductDesc)) changed = changed.With(7);
        if (!TextWire.Same(x.Serial, y.Serial)) changed = changed.With(8);
        if (!TextWire.Same(x.Version, y.Version)) changed = changed.With(9);
        if (!TextWire.Same(x.Description, y.Description)) changed = changed.With(10);
        if (!BoolWire.Same(x.PassthroughEnabled, y.PassthroughEnabled)) changed = changed.With(11);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(12);
        if (!FloatWire.Same(x.Speed, y.Speed)) changed = changed.With(13);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Pusb)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<UsbGroup>.Write(writer, x.UsbGroup); break;
            case 2: RefWire<Host>.Write(writer, x.Host); break;
            case 3: TextWire.Write(writer, x.Path); break;
            case 4: TextWire.Write(writer, x.VendorId); break;
            case 5: TextWire.Write(writer, x.VendorDesc); break;
            case 6: TextWire.Write(writer, x.ProductId); break;
            case 7: TextWire.Write(writer, x.ProductDesc); break;
            case 8: TextWire.Write(writer, x.Serial); break;
            case 9: TextWire.Write(writer, x.Version); break;
            case 10: TextWire.Write(writer, x.Description); break;
            case 11: BoolWire.Write(writer, x.PassthroughEnabled); break;
            case 12: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 13: FloatWire.Write(writer, x.Speed); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PUSB has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Pusb)value;
        RefWire<UsbGroup>.Visit(x.UsbGroup, 1, visitor);
        RefWire<Host>.Visit(x.Host, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<string, TextWire> F5;
        public FieldMemo<string, TextWire> F6;
        public FieldMemo<string, TextWire> F7;
        public FieldMemo<string, TextWire> F8;
        public FieldMemo<string, TextWire> F9;
        public FieldMemo<string, TextWire> F10;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F12;
    }
}
