// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="HostCrashdump"/>'s fields.</summary>
public static class HostCrashdumpFields
{
    public const int Uuid = 0;
    public const int Host = 1;
    public const int Timestamp = 2;
    public const int Size = 3;
    public const int OtherConfig = 4;
}

internal sealed class HostCrashdumpCodec : XapiCodec
{
    private static readonly HostCrashdump s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(HostCrashdump.Uuid), "string", false),
        new(1, "host", nameof(HostCrashdump.Host), "host ref", false),
        new(2, "timestamp", nameof(HostCrashdump.Timestamp), "datetime", false),
        new(3, "size", nameof(HostCrashdump.Size), "int", false),
        new(4, "other_config", nameof(HostCrashdump.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.HostCrashdump;

    public override string WireName => "host_crashdump";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as HostCrashdump ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.HostCrashdump);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Host;
        var f2 = s_blank.Timestamp;
        var f3 = s_blank.Size;
        var f4 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 2: f2 = TimeWire.Read(ref reader, before.Timestamp, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.Size, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new HostCrashdump
        {
            Ref = reference,
            Uuid = f0,
            Host = f1,
            Timestamp = f2,
            Size = f3,
            OtherConfig = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((HostCrashdump)a, (HostCrashdump)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(1);
        if (!TimeWire.Same(x.Timestamp, y.Timestamp)) changed = changed.With(2);
        if (!IntWire.Same(x.Size, y.Size)) changed = changed.With(3);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (HostCrashdump)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Host>.Write(writer, x.Host); break;
            case 2: TimeWire.Write(writer, x.Timestamp); break;
            case 3: IntWire.Write(writer, x.Size); break;
            case 4: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "host_crashdump has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (HostCrashdump)value;
        RefWire<Host>.Visit(x.Host, 1, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F4;
    }
}
