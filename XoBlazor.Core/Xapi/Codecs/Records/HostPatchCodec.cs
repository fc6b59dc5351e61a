// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="HostPatch"/>'s fields.</summary>
public static class HostPatchFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Version = 3;
    public const int Host = 4;
    public const int Applied = 5;
    public const int TimestampApplied = 6;
    public const int Size = 7;
    public const int PoolPatch = 8;
    public const int OtherConfig = 9;
}

internal sealed class HostPatchCodec : XapiCodec
{
    private static readonly HostPatch s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(HostPatch.Uuid), "string", false),
        new(1, "name_label", nameof(HostPatch.NameLabel), "string", false),
        new(2, "name_description", nameof(HostPatch.NameDescription), "string", false),
        new(3, "version", nameof(HostPatch.Version), "string", false),
        new(4, "host", nameof(HostPatch.Host), "host ref", false),
        new(5, "applied", nameof(HostPatch.Applied), "bool", false),
        new(6, "timestamp_applied", nameof(HostPatch.TimestampApplied), "datetime", false),
        new(7, "size", nameof(HostPatch.Size), "int", false),
        new(8, "pool_patch", nameof(HostPatch.PoolPatch), "pool_patch ref", false),
        new(9, "other_config", nameof(HostPatch.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.HostPatch;

    public override string WireName => "host_patch";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as HostPatch ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.HostPatch);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Version;
        var f4 = s_blank.Host;
        var f5 = s_blank.Applied;
        var f6 = s_blank.TimestampApplied;
        var f7 = s_blank.Size;
        var f8 = s_blank.PoolPatch;
        var f9 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Version, context); break;
                case 4: f4 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 5: f5 = BoolWire.Read(ref reader, before.Applied, context); break;
                case 6: f6 = TimeWire.Read(ref reader, before.TimestampApplied, context); break;
                case 7: f7 = IntWire.Read(ref reader, before.Size, context); break;
                case 8: f8 = RefWire<PoolPatch>.Read(ref reader, before.PoolPatch, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new HostPatch
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Version = f3,
            Host = f4,
            Applied = f5,
            TimestampApplied = f6,
            Size = f7,
            PoolPatch = f8,
            OtherConfig = f9,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((HostPatch)a, (HostPatch)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!TextWire.Same(x.Version, y.Version)) changed = changed.With(3);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(4);
        if (!BoolWire.Same(x.Applied, y.Applied)) changed = changed.With(5);
        if (!TimeWire.Same(x.TimestampApplied, y.TimestampApplied)) changed = changed.With(6);
        if (!IntWire.Same(x.Size, y.Size)) changed = changed.With(7);
        if (!RefWire<PoolPatch>.Same(x.PoolPatch, y.PoolPatch)) changed = changed.With(8);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(9);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (HostPatch)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: TextWire.Write(writer, x.Version); break;
            case 4: RefWire<Host>.Write(writer, x.Host); break;
            case 5: BoolWire.Write(writer, x.Applied); break;
            case 6: TimeWire.Write(writer, x.TimestampApplied); break;
            case 7: IntWire.Write(writer, x.Size); break;
            case 8: RefWire<PoolPatch>.Write(writer, x.PoolPatch); break;
            case 9: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "host_patch has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (HostPatch)value;
        RefWire<Host>.Visit(x.Host, 4, visitor);
        RefWire<PoolPatch>.Visit(x.PoolPatch, 8, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F9;
    }
}
