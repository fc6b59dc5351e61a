// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="DriverVariant"/>'s fields.</summary>
public static class DriverVariantFields
{
    public const int Uuid = 0;
    public const int Name = 1;
    public const int Driver = 2;
    public const int Version = 3;
    public const int HardwarePresent = 4;
    public const int Priority = 5;
    public const int Status = 6;
}

internal sealed class DriverVariantCodec : XapiCodec
{
    private static readonly DriverVariant s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(DriverVariant.Uuid), "string", false),
        new(1, "name", nameof(DriverVariant.Name), "string", false),
        new(2, "driver", nameof(DriverVariant.Driver), "Host_driver ref", false),
        new(3, "version", nameof(DriverVariant.Version), "string", false),
        new(4, "hardware_present", nameof(DriverVariant.HardwarePresent), "bool", false),
        new(5, "priority", nameof(DriverVariant.Priority), "float", false),
        new(6, "status", nameof(DriverVariant.Status), "string", false),
    ]);

    public override XapiClass Class => XapiClass.DriverVariant;

    public override string WireName => "Driver_variant";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as DriverVariant ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.DriverVariant);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Name;
        var f2 = s_blank.Driver;
        var f3 = s_blank.Version;
        var f4 = s_blank.HardwarePresent;
        var f5 = s_blank.Priority;
        var f6 = s_blank.Status;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Name, context); break;
                case 2: f2 = RefWire<HostDriver>.Read(ref reader, before.Driver, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Version, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.HardwarePresent, context); break;
                case 5: f5 = FloatWire.Read(ref reader, before.Priority, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Status, context); break;
                default: reader.Skip(); break;
            }
        }

        return new DriverVariant
        {
            Ref = reference,
            Uuid = f0,
            Name = f1,
            Driver = f2,
            Version = f3,
            HardwarePresent = f4,
            Priority = f5,
            Status = f6,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((DriverVariant)a, (DriverVariant)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.Name, y.Name)) changed = changed.With(1);
        if (!RefWire<HostDriver>.Same(x.Driver, y.Driver)) changed = changed.With(2);
        if (!TextWire.Same(x.Version, y.Version)) changed = changed.With(3);
        if (!BoolWire.Same(x.HardwarePresent, y.HardwarePresent)) changed = changed.With(4);
        if (!FloatWire.Same(x.Priority, y.Priority)) changed = changed.With(5);
        if (!TextWire.Same(x.Status, y.Status)) changed = changed.With(6);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (DriverVariant)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.Name); break;
            case 2: RefWire<HostDriver>.Write(writer, x.Driver); break;
            case 3: TextWire.Write(writer, x.Version); break;
            case 4: BoolWire.Write(writer, x.HardwarePresent); break;
            case 5: FloatWire.Write(writer, x.Priority); break;
            case 6: TextWire.Write(writer, x.Status); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Driver_variant has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (DriverVariant)value;
        RefWire<HostDriver>.Visit(x.Driver, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F6;
    }
}
