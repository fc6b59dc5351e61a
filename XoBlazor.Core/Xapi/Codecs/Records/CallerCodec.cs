// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Caller"/>'s fields.</summary>
public static class CallerFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int UserAgent = 3;
    public const int ClientIp = 4;
    public const int LastAccess = 5;
    public const int Groups = 6;
    public const int RateLimit = 7;
    public const int AutoRegistered = 8;
}

internal sealed class CallerCodec : XapiCodec
{
    private static readonly Caller s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Caller.Uuid), "string", false),
        new(1, "name_label", nameof(Caller.NameLabel), "string", false),
        new(2, "name_description", nameof(Caller.NameDescription), "string", false),
        new(3, "user_agent", nameof(Caller.UserAgent), "string", false),
        new(4, "client_ip", nameof(Caller.ClientIp), "string", false),
        new(5, "last_access", nameof(Caller.LastAccess), "datetime", false),
        new(6, "groups", nameof(Caller.Groups), "string set", false),
        new(7, "rate_limit", nameof(Caller.RateLimit), "Rate_limit ref", false),
        new(8, "auto_registered", nameof(Caller.AutoRegistered), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.Caller;

    public override string WireName => "Caller";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Caller ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Caller);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.UserAgent;
        var f4 = s_blank.ClientIp;
        var f5 = s_blank.LastAccess;
        var f6 = s_blank.Groups;
        var f7 = s_blank.RateLimit;
        var f8 = s_blank.AutoRegistered;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.UserAgent, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.ClientIp, context); break;
                case 5: f5 = TimeWire.Read(ref reader, before.LastAccess, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Groups, context); break;
                case 7: f7 = RefWire<RateLimit>.Read(ref reader, before.RateLimit, context); break;
                case 8: f8 = BoolWire.Read(ref reader, before.AutoRegistered, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Caller
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            UserAgent = f3,
            ClientIp = f4,
            LastAccess = f5,
            Groups = f6,
            RateLimit = f7,
            AutoRegistered = f8,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Caller)a, (Caller)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!TextWire.Same(x.UserAgent, y.UserAgent)) changed = changed.With(3);
        if (!TextWire.Same(x.ClientIp, y.ClientIp)) changed = changed.With(4);
        if (!TimeWire.Same(x.LastAccess, y.LastAccess)) changed = changed.With(5);
        if (!SetWire<string, TextWire>.Same(x.Groups, y.Groups)) changed = changed.With(6);
        if (!RefWire<RateLimit>.Same(x.RateLimit, y.RateLimit)) changed = changed.With(7);
        if (!BoolWire.Same(x.AutoRegistered, y.AutoRegistered)) changed = changed.With(8);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Caller)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: TextWire.Write(writer, x.UserAgent); break;
            case 4: TextWire.Write(writer, x.ClientIp); break;
            case 5: TimeWire.Write(writer, x.LastAccess); break;
            case 6: SetWire<string, TextWire>.Write(writer, x.Groups); break;
            case 7: RefWire<RateLimit>.Write(writer, x.RateLimit); break;
            case 8: BoolWire.Write(writer, x.AutoRegistered); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Caller has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Caller)value;
        RefWire<RateLimit>.Visit(x.RateLimit, 7, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F6;
    }
}
