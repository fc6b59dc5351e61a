// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Blob"/>'s fields.</summary>
public static class BlobFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Size = 3;
    public const int Public = 4;
    public const int LastUpdated = 5;
    public const int MimeType = 6;
}

internal sealed class BlobCodec : XapiCodec
{
    private static readonly Blob s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Blob.Uuid), "string", false),
        new(1, "name_label", nameof(Blob.NameLabel), "string", false),
        new(2, "name_description", nameof(Blob.NameDescription), "string", false),
        new(3, "size", nameof(Blob.Size), "int", false),
        new(4, "public", nameof(Blob.Public), "bool", false),
        new(5, "last_updated", nameof(Blob.LastUpdated), "datetime", false),
        new(6, "mime_type", nameof(Blob.MimeType), "string", false),
    ]);

    public override XapiClass Class => XapiClass.Blob;

    public override string WireName => "blob";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Blob ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Blob);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Size;
        var f4 = s_blank.Public;
        var f5 = s_blank.LastUpdated;
        var f6 = s_blank.MimeType;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.Size, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.Public, context); break;
                case 5: f5 = TimeWire.Read(ref reader, before.LastUpdated, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.MimeType, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Blob
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Size = f3,
            Public = f4,
            LastUpdated = f5,
            MimeType = f6,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Blob)a, (Blob)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!IntWire.Same(x.Size, y.Size)) changed = changed.With(3);
        if (!BoolWire.Same(x.Public, y.Public)) changed = changed.With(4);
        if (!TimeWire.Same(x.LastUpdated, y.LastUpdated)) changed = changed.With(5);
        if (!TextWire.Same(x.MimeType, y.MimeType)) changed = changed.With(6);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Blob)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: IntWire.Write(writer, x.Size); break;
            case 4: BoolWire.Write(writer, x.Public); break;
            case 5: TimeWire.Write(writer, x.LastUpdated); break;
            case 6: TextWire.Write(writer, x.MimeType); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "blob has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F6;
    }
}
