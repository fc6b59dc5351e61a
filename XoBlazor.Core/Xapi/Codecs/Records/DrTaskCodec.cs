// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="DrTask"/>'s fields.</summary>
public static class DrTaskFields
{
    public const int Uuid = 0;
    public const int IntroducedSrs = 1;
}

internal sealed class DrTaskCodec : XapiCodec
{
    private static readonly DrTask s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(DrTask.Uuid), "string", false),
        new(1, "introduced_SRs", nameof(DrTask.IntroducedSrs), "SR ref set", false),
    ]);

    public override XapiClass Class => XapiClass.DrTask;

    public override string WireName => "DR_task";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as DrTask ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.DrTask);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.IntroducedSrs;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = SetWire<XenRef<Sr>, RefWire<Sr>>.Read(ref reader, before.IntroducedSrs, context); break;
                default: reader.Skip(); break;
            }
        }

        return new DrTask
        {
            Ref = reference,
            Uuid = f0,
            IntroducedSrs = f1,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((DrTask)a, (DrTask)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!SetWire<XenRef<Sr>, RefWire<Sr>>.Same(x.IntroducedSrs, y.IntroducedSrs)) changed = changed.With(1);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (DrTask)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: SetWire<XenRef<Sr>, RefWire<Sr>>.Write(writer, x.IntroducedSrs); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "DR_task has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (DrTask)value;
        SetWire<XenRef<Sr>, RefWire<Sr>>.Visit(x.IntroducedSrs, 1, visitor);
    }

    private sealed class Memo
    {
    }
}
