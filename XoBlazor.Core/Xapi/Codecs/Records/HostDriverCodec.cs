// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="HostDriver"/>'s fields.</summary>
public static class HostDriverFields
{
    public const int Uuid = 0;
    public const int Host = 1;
    public const int Name = 2;
    public const int FriendlyName = 3;
    public const int Variants = 4;
    public const int ActiveVariant = 5;
    public const int SelectedVariant = 6;
    public const int Type = 7;
    public const int Description = 8;
    public const int Info = 9;
}

internal sealed class HostDriverCodec : XapiCodec
{
    private static readonly HostDriver s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(HostDriver.Uuid), "string", false),
        new(1, "host", nameof(HostDriver.Host), "host ref", false),
        new(2, "name", nameof(HostDriver.Name), "string", false),
        new(3, "friendly_name", nameof(HostDriver.FriendlyName), "string", false),
        new(4, "variants", nameof(HostDriver.Variants), "Driver_variant ref set", false),
        new(5, "active_variant", nameof(HostDriver.ActiveVariant), "Driver_variant ref", false),
        new(6, "selected_variant", nameof(HostDriver.SelectedVariant), "Driver_variant ref", false),
        new(7, "type", nameof(HostDriver.Type), "string", false),
        new(8, "description", nameof(HostDriver.Description), "string", false),
        new(9, "info", nameof(HostDriver.Info), "string", false),
    ]);

    public override XapiClass Class => XapiClass.HostDriver;

    public override string WireName => "Host_driver";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as HostDriver ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.HostDriver);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Host;
        var f2 = s_blank.Name;
        var f3 = s_blank.FriendlyName;
        var f4 = s_blank.Variants;
        var f5 = s_blank.ActiveVariant;
        var f6 = s_blank.SelectedVariant;
        var f7 = s_blank.Type;
        var f8 = s_blank.Description;
        var f9 = s_blank.Info;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.Name, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.FriendlyName, context); break;
                case 4: f4 = SetWire<XenRef<DriverVariant>, RefWire<DriverVariant>>.Read(ref reader, before.Variants, context); break;
                case 5: f5 = RefWire<DriverVariant>.Read(ref reader, before.ActiveVariant, context); break;
                case 6: f6 = RefWire<DriverVariant>.Read(ref reader, before.SelectedVariant, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.Type, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.Description, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Info, context); break;
                default: reader.Skip(); break;
            }
        }

        return new HostDriver
        {
            Ref = reference,
            Uuid = f0,
            Host = f1,
            Name = f2,
            FriendlyName = f3,
            Variants = f4,
            ActiveVariant = f5,
            SelectedVariant = f6,
            Type = f7,
            Description = f8,
            Info = f9,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((HostDriver)a, (HostDriver)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(1);
        if (!TextWire.Same(x.Name, y.Name)) changed = changed.With(2);
        if (!TextWire.Same(x.FriendlyName, y.FriendlyName)) changed = changed.With(3);
        if (!SetWire<XenRef<DriverVariant>, RefWire<DriverVariant>>.Same(x.Variants, y.Variants)) changed = changed.With(4);
        if (!RefWire<DriverVariant>.Same(x.ActiveVariant, y.ActiveVariant)) changed = changed.With(5);
        if (!RefWire<DriverVariant>.Same(x.SelectedVariant, y.SelectedVariant)) changed = changed.With(6);
        if (!TextWire.Same(x.Type, y.Type)) changed = changed.With(7);
        if (!TextWire.Same(x.Description, y.Description)) changed = changed.With(8);
        if (!TextWire.Same(x.Info, y.Info)) changed = changed.With(9);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (HostDriver)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Host>.Write(writer, x.Host); break;
            case 2: TextWire.Write(writer, x.Name); break;
            case 3: TextWire.Write(writer, x.FriendlyName); break;
            case 4: SetWire<XenRef<DriverVariant>, RefWire<DriverVariant>>.Write(writer, x.Variants); break;
            case 5: RefWire<DriverVariant>.Write(writer, x.ActiveVariant); break;
            case 6: RefWire<DriverVariant>.Write(writer, x.SelectedVariant); break;
            case 7: TextWire.Write(writer, x.Type); break;
            case 8: TextWire.Write(writer, x.Description); break;
            case 9: TextWire.Write(writer, x.Info); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Host_driver has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (HostDriver)value;
        RefWire<Host>.Visit(x.Host, 1, visitor);
        SetWire<XenRef<DriverVariant>, RefWire<DriverVariant>>.Visit(x.Variants, 4, visitor);
        RefWire<DriverVariant>.Visit(x.ActiveVariant, 5, visitor);
        RefWire<DriverVariant>.Visit(x.SelectedVariant, 6, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F7;
        public FieldMemo<string, TextWire> F8;
        public FieldMemo<string, TextWire> F9;
    }
}
