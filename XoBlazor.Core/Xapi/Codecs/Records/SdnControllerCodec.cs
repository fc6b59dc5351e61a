// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="SdnController"/>'s fields.</summary>
public static class SdnControllerFields
{
    public const int Uuid = 0;
    public const int Protocol = 1;
    public const int Address = 2;
    public const int Port = 3;
}

internal sealed class SdnControllerCodec : XapiCodec
{
    private static readonly SdnController s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(SdnController.Uuid), "string", false),
        new(1, "protocol", nameof(SdnController.Protocol), "enum sdn_controller_protocol", false),
        new(2, "address", nameof(SdnController.Address), "string", false),
        new(3, "port", nameof(SdnController.Port), "int", false),
    ]);

    public override XapiClass Class => XapiClass.SdnController;

    public override string WireName => "SDN_controller";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as SdnController ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.SdnController);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Protocol;
        var f2 = s_blank.Address;
        var f3 = s_blank.Port;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Protocol, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.Address, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.Port, context); break;
                default: reader.Skip(); break;
            }
        }

        return new SdnController
        {
            Ref = reference,
            Uuid = f0,
            Protocol = f1,
            Address = f2,
            Port = f3,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((SdnController)a, (SdnController)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!EnumWire<SdnControllerProtocol>.Same(x.Protocol, y.Protocol)) changed = changed.With(1);
        if (!TextWire.Same(x.Address, y.Address)) changed = changed.With(2);
        if (!IntWire.Same(x.Port, y.Port)) changed = changed.With(3);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (SdnController)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: EnumWire<SdnControllerProtocol>.Write(writer, x.Protocol); break;
            case 2: TextWire.Write(writer, x.Address); break;
            case 3: IntWire.Write(writer, x.Port); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "SDN_controller has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<SdnControllerProtocol, EnumWire<SdnControllerProtocol>> F1;
        public FieldMemo<string, TextWire> F2;
    }
}
