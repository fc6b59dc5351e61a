// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="UsbGroup"/>'s fields.</summary>
public static class UsbGroupFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Pusbs = 3;
    public const int Vusbs = 4;
    public const int OtherConfig = 5;
}

internal sealed class UsbGroupCodec : XapiCodec
{
    private static readonly UsbGroup s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(UsbGroup.Uuid), "string", false),
        new(1, "name_label", nameof(UsbGroup.NameLabel), "string", false),
        new(2, "name_description", nameof(UsbGroup.NameDescription), "string", false),
        new(3, "PUSBs", nameof(UsbGroup.Pusbs), "PUSB ref set", false),
        new(4, "VUSBs", nameof(UsbGroup.Vusbs), "VUSB ref set", false),
        new(5, "other_config", nameof(UsbGroup.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.UsbGroup;

    public override string WireName => "USB_group";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as UsbGroup ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.UsbGroup);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Pusbs;
        var f4 = s_blank.Vusbs;
        var f5 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = SetWire<XenRef<Pusb>, RefWire<Pusb>>.Read(ref reader, before.Pusbs, context); break;
                case 4: f4 = SetWire<XenRef<Vusb>, RefWire<Vusb>>.Read(ref reader, before.Vusbs, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new UsbGroup
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Pusbs = f3,
            Vusbs = f4,
            OtherConfig = f5,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((UsbGroup)a, (UsbGroup)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!SetWire<XenRef<Pusb>, RefWire<Pusb>>.Same(x.Pusbs, y.Pusbs)) changed = changed.With(3);
        if (!SetWire<XenRef<Vusb>, RefWire<Vusb>>.Same(x.Vusbs, y.Vusbs)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(5);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (UsbGroup)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: SetWire<XenRef<Pusb>, RefWire<Pusb>>.Write(writer, x.Pusbs); break;
            case 4: SetWire<XenRef<Vusb>, RefWire<Vusb>>.Write(writer, x.Vusbs); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "USB_group has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (UsbGroup)value;
        SetWire<XenRef<Pusb>, RefWire<Pusb>>.Visit(x.Pusbs, 3, visitor);
        SetWire<XenRef<Vusb>, RefWire<Vusb>>.Visit(x.Vusbs, 4, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
    }
}
