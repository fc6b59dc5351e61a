// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiRole"/>'s fields.</summary>
public static class XapiRoleFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Subroles = 3;
    public const int IsInternal = 4;
}

internal sealed class XapiRoleCodec : XapiCodec
{
    private static readonly XapiRole s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiRole.Uuid), "string", false),
        new(1, "name_label", nameof(XapiRole.NameLabel), "string", false),
        new(2, "name_description", nameof(XapiRole.NameDescription), "string", false),
        new(3, "subroles", nameof(XapiRole.Subroles), "role ref set", false),
        new(4, "is_internal", nameof(XapiRole.IsInternal), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.XapiRole;

    public override string WireName => "role";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiRole ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiRole);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Subroles;
        var f4 = s_blank.IsInternal;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Read(ref reader, before.Subroles, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.IsInternal, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiRole
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Subroles = f3,
            IsInternal = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiRole)a, (XapiRole)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Same(x.Subroles, y.Subroles)) changed = changed.With(3);
        if (!BoolWire.Same(x.IsInternal, y.IsInternal)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiRole)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Write(writer, x.Subroles); break;
            case 4: BoolWire.Write(writer, x.IsInternal); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "role has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (XapiRole)value;
        SetWire<XenRef<XapiRole>, RefWire<XapiRole>>.Visit(x.Subroles, 3, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
    }
}
