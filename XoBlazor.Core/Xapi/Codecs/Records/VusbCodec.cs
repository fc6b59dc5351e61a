// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vusb"/>'s fields.</summary>
public static class VusbFields
{
    public const int Uuid = 0;
    public const int AllowedOperations = 1;
    public const int CurrentOperations = 2;
    public const int Vm = 3;
    public const int UsbGroup = 4;
    public const int OtherConfig = 5;
    public const int CurrentlyAttached = 6;
}

internal sealed class VusbCodec : XapiCodec
{
    private static readonly Vusb s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vusb.Uuid), "string", false),
        new(1, "allowed_operations", nameof(Vusb.AllowedOperations), "enum vusb_operations set", false),
        new(2, "current_operations", nameof(Vusb.CurrentOperations), "(string -> enum vusb_operations) map", false),
        new(3, "VM", nameof(Vusb.Vm), "VM ref", false),
        new(4, "USB_group", nameof(Vusb.UsbGroup), "USB_group ref", false),
        new(5, "other_config", nameof(Vusb.OtherConfig), "(string -> string) map", false),
        new(6, "currently_attached", nameof(Vusb.CurrentlyAttached), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.Vusb;

    public override string WireName => "VUSB";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vusb ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vusb);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.AllowedOperations;
        var f2 = s_blank.CurrentOperations;
        var f3 = s_blank.Vm;
        var f4 = s_blank.UsbGroup;
        var f5 = s_blank.OtherConfig;
        var f6 = s_blank.CurrentlyAttached;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.AllowedOperations, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.CurrentOperations, context); break;
                case 3: f3 = RefWire<Vm>.Read(ref reader, before.Vm, context); break;
                case 4: f4 = RefWire<UsbGroup>.Read(ref reader, before.UsbGroup, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.OtherConfig, context); break;
                case 6: f6 = BoolWire.Read(ref reader, before.CurrentlyAttached, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vusb
        {
            Ref = reference,
            Uuid = f0,
            AllowedOperations = f1,
            CurrentOperations = f2,
            Vm = f3,
            UsbGroup = f4,
            OtherConfig = f5,
            CurrentlyAttached = f6,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vusb)a, (Vusb)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!EnumSetWire<VusbOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(1);
        if (!MapWire<string, TextWire, VusbOperation, EnumWire<VusbOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(2);
        if (!RefWire<Vm>.Same(x.Vm, y.Vm)) changed = changed.With(3);
        if (!RefWire<UsbGroup>.Same(x.UsbGroup, y.UsbGroup)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(5);
        if (!BoolWire.Same(x.CurrentlyAttached, y.CurrentlyAttached)) changed = changed.With(6);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vusb)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: EnumSetWire<VusbOperation>.Write(writer, x.AllowedOperations); break;
            case 2: MapWire<string, TextWire, VusbOperation, EnumWire<VusbOperation>>.Write(writer, x.CurrentOperations); break;
            case 3: RefWire<Vm>.Write(writer, x.Vm); break;
            case 4: RefWire<UsbGroup>.Write(writer, x.UsbGroup); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 6: BoolWire.Write(writer, x.CurrentlyAttached); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VUSB has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vusb)value;
        RefWire<Vm>.Visit(x.Vm, 3, visitor);
        RefWire<UsbGroup>.Visit(x.UsbGroup, 4, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<EnumSet<VusbOperation>, EnumSetWire<VusbOperation>> F1;
        public FieldMemo<XenMap<string, VusbOperation>, MapWire<string, TextWire, VusbOperation, EnumWire<VusbOperation>>> F2;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
    }
}
