// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiMessage"/>'s fields.</summary>
public static class XapiMessageFields
{
    public const int Uuid = 0;
    public const int Name = 1;
    public const int Priority = 2;
    public const int Cls = 3;
    public const int ObjUuid = 4;
    public const int Timestamp = 5;
    public const int Body = 6;
}

internal sealed class XapiMessageCodec : XapiCodec
{
    private static readonly XapiMessage s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiMessage.Uuid), "string", false),
        new(1, "name", nameof(XapiMessage.Name), "string", false),
        new(2, "priority", nameof(XapiMessage.Priority), "int", false),
        new(3, "cls", nameof(XapiMessage.Cls), "enum cls", false),
        new(4, "obj_uuid", nameof(XapiMessage.ObjUuid), "string", false),
        new(5, "timestamp", nameof(XapiMessage.Timestamp), "datetime", false),
        new(6, "body", nameof(XapiMessage.Body), "string", false),
    ]);

    public override XapiClass Class => XapiClass.XapiMessage;

    public override string WireName => "message";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiMessage ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiMessage);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Name;
        var f2 = s_blank.Priority;
        var f3 = s_blank.Cls;
        var f4 = s_blank.ObjUuid;
        var f5 = s_blank.Timestamp;
        var f6 = s_blank.Body;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Name, context); break;
                case 2: f2 = IntWire.Read(ref reader, before.Priority, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Cls, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.ObjUuid, context); break;
                case 5: f5 = TimeWire.Read(ref reader, before.Timestamp, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Body, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiMessage
        {
            Ref = reference,
            Uuid = f0,
            Name = f1,
            Priority = f2,
            Cls = f3,
            ObjUuid = f4,
            Timestamp = f5,
            Body = f6,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiMessage)a, (XapiMessage)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.Name, y.Name)) changed = changed.With(1);
        if (!IntWire.Same(x.Priority, y.Priority)) changed = changed.With(2);
        if (!EnumWire<MessageClass>.Same(x.Cls, y.Cls)) changed = changed.With(3);
        if (!TextWire.Same(x.ObjUuid, y.ObjUuid)) changed = changed.With(4);
        if (!TimeWire.Same(x.Timestamp, y.Timestamp)) changed = changed.With(5);
        if (!TextWire.Same(x.Body, y.Body)) changed = changed.With(6);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiMessage)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.Name); break;
            case 2: IntWire.Write(writer, x.Priority); break;
            case 3: EnumWire<MessageClass>.Write(writer, x.Cls); break;
            case 4: TextWire.Write(writer, x.ObjUuid); break;
            case 5: TimeWire.Write(writer, x.Timestamp); break;
            case 6: TextWire.Write(writer, x.Body); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "message has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<MessageClass, EnumWire<MessageClass>> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<string, TextWire> F6;
    }
}
