// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiUser"/>'s fields.</summary>
public static class XapiUserFields
{
    public const int Uuid = 0;
    public const int ShortName = 1;
    public const int Fullname = 2;
    public const int OtherConfig = 3;
}

internal sealed class XapiUserCodec : XapiCodec
{
    private static readonly XapiUser s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiUser.Uuid), "string", false),
        new(1, "short_name", nameof(XapiUser.ShortName), "string", false),
        new(2, "fullname", nameof(XapiUser.Fullname), "string", false),
        new(3, "other_config", nameof(XapiUser.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.XapiUser;

    public override string WireName => "user";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiUser ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiUser);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.ShortName;
        var f2 = s_blank.Fullname;
        var f3 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.ShortName, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.Fullname, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiUser
        {
            Ref = reference,
            Uuid = f0,
            ShortName = f1,
            Fullname = f2,
            OtherConfig = f3,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiUser)a, (XapiUser)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.ShortName, y.ShortName)) changed = changed.With(1);
        if (!TextWire.Same(x.Fullname, y.Fullname)) changed = changed.With(2);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(3);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiUser)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.ShortName); break;
            case 2: TextWire.Write(writer, x.Fullname); break;
            case 3: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "user has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F3;
    }
}
