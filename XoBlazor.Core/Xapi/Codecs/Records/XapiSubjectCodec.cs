// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiSubject"/>'s fields.</summary>
public static class XapiSubjectFields
{
    public const int Uuid = 0;
    public const int SubjectIdentifier = 1;
    public const int OtherConfig = 2;
    public const int Roles = 3;
}

internal sealed class XapiSubjectCodec : XapiCodec
{
    private static readonly XapiSubject s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiSubject.Uuid), "string", false),
        new(1, "subject_identifier", nameof(XapiSubject.SubjectIdentifier), "string", false),
        new(2, "other_config", nameof(XapiSubject.OtherConfig), "(string -> string) map", false),
        new(3, "roles", nameof(XapiSubject.Roles), "role ref set", false),
    ]);

    public override XapiClass Class => XapiClass.XapiSubject;

    public override string WireName => "subject";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiSubject ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiSubject);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.SubjectIdentifier;
        var f2 = s_blank.OtherConfig;
        var f3 = s_blank.Roles;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.SubjectIdentifier, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.OtherConfig, context); break;
                case 3: f3 = SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Read(ref reader, before.Roles, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiSubject
        {
            Ref = reference,
            Uuid = f0,
            SubjectIdentifier = f1,
            OtherConfig = f2,
            Roles = f3,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiSubject)a, (XapiSubject)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.SubjectIdentifier, y.SubjectIdentifier)) changed = changed.With(1);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(2);
        if (!SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Same(x.Roles, y.Roles)) changed = changed.With(3);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiSubject)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.SubjectIdentifier); break;
            case 2: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 3: SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Write(writer, x.Roles); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "subject has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (XapiSubject)value;
        SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Visit(x.Roles, 3, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F2;
    }
}
