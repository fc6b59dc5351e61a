// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="UpdateRepository"/>'s fields.</summary>
public static class UpdateRepositoryFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int BinaryUrl = 3;
    public const int SourceUrl = 4;
    public const int Update = 5;
    public const int Hash = 6;
    public const int UpToDate = 7;
    public const int GpgkeyPath = 8;
    public const int Origin = 9;
    public const int Certificate = 10;
}

internal sealed class UpdateRepositoryCodec : XapiCodec
{
    private static readonly UpdateRepository s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(UpdateRepository.Uuid), "string", false),
        new(1, "name_label", nameof(UpdateRepository.NameLabel), "string", false),
        new(2, "name_description", nameof(UpdateRepository.NameDescription), "string", false),
        new(3, "binary_url", nameof(UpdateRepository.BinaryUrl), "string", false),
        new(4, "source_url", nameof(UpdateRepository.SourceUrl), "string", false),
        new(5, "update", nameof(UpdateRepository.Update), "bool", false),
        new(6, "hash", nameof(UpdateRepository.Hash), "string", false),
        new(7, "up_to_date", nameof(UpdateRepository.UpToDate), "bool", true),
        new(8, "gpgkey_path", nameof(UpdateRepository.GpgkeyPath), "string", false),
        new(9, "origin", nameof(UpdateRepository.Origin), "enum origin", false),
        new(10, "certificate", nameof(UpdateRepository.Certificate), "string", false),
    ]);

    public override XapiClass Class => XapiClass.UpdateRepository;

    public override string WireName => "Repository";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as UpdateRepository ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.UpdateRepository);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.BinaryUrl;
        var f4 = s_blank.SourceUrl;
        var f5 = s_blank.Update;
        var f6 = s_blank.Hash;
        var f7 = s_blank.UpToDate;
        var f8 = s_blank.GpgkeyPath;
        var f9 = s_blank.Origin;
        var f10 = s_blank.Certificate;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.BinaryUrl, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.SourceUrl, context); break;
                case 5: f5 = BoolWire.Read(ref reader, before.Update, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Hash, context); break;
                case 7: f7 = BoolWire.Read(ref reader, before.UpToDate, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.GpgkeyPath, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Origin, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.Certificate, context); break;
                default: reader.Skip(); break;
            }
        }

        return new UpdateRepository
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            BinaryUrl = f3,
            SourceUrl = f4,
            Update = f5,
            Hash = f6,
            UpToDate = f7,
            GpgkeyPath = f8,
            Origin = f9,
            Certificate = f10,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((UpdateRepository)a, (UpdateRepository)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!TextWire.Same(x.BinaryUrl, y.BinaryUrl)) changed = changed.With(3);
        if (!TextWire.Same(x.SourceUrl, y.SourceUrl)) changed = changed.With(4);
        if (!BoolWire.Same(x.Update, y.Update)) changed = changed.With(5);
        if (!TextWire.Same(x.Hash, y.Hash)) changed = changed.With(6);
        if (!BoolWire.Same(x.UpToDate, y.UpToDate)) changed = changed.With(7);
        if (!TextWire.Same(x.GpgkeyPath, y.GpgkeyPath)) changed = changed.With(8);
        if (!EnumWire<PatchOrigin>.Same(x.Origin, y.Origin)) changed = changed.With(9);
        if (!TextWire.Same(x.Certificate, y.Certificate)) changed = changed.With(10);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (UpdateRepository)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: TextWire.Write(writer, x.BinaryUrl); break;
            case 4: TextWire.Write(writer, x.SourceUrl); break;
            case 5: BoolWire.Write(writer, x.Update); break;
            case 6: TextWire.Write(writer, x.Hash); break;
            case 7: BoolWire.Write(writer, x.UpToDate); break;
            case 8: TextWire.Write(writer, x.GpgkeyPath); break;
            case 9: EnumWire<PatchOrigin>.Write(writer, x.Origin); break;
            case 10: TextWire.Write(writer, x.Certificate); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Repository has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<string, TextWire> F6;
        public FieldMemo<string, TextWire> F8;
        public FieldMemo<PatchOrigin, EnumWire<PatchOrigin>> F9;
        public FieldMemo<string, TextWire> F10;
    }
}
