// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Certificate"/>'s fields.</summary>
public static class CertificateFields
{
    public const int Uuid = 0;
    public const int Name = 1;
    public const int Type = 2;
    public const int Host = 3;
    public const int NotBefore = 4;
    public const int NotAfter = 5;
    public const int Fingerprint = 6;
    public const int FingerprintSha256 = 7;
    public const int FingerprintSha1 = 8;
    public const int Purpose = 9;
}

internal sealed class CertificateCodec : XapiCodec
{
    private static readonly Certificate s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Certificate.Uuid), "string", false),
        new(1, "name", nameof(Certificate.Name), "string", false),
        new(2, "type", nameof(Certificate.Type), "enum certificate_type", false),
        new(3, "host", nameof(Certificate.Host), "host ref", false),
        new(4, "not_before", nameof(Certificate.NotBefore), "datetime", false),
        new(5, "not_after", nameof(Certificate.NotAfter), "datetime", false),
        new(6, "fingerprint", nameof(Certificate.Fingerprint), "string", false),
        new(7, "fingerprint_sha256", nameof(Certificate.FingerprintSha256), "string", false),
        new(8, "fingerprint_sha1", nameof(Certificate.FingerprintSha1), "string", false),
        new(9, "purpose", nameof(Certificate.Purpose), "enum certificate_purpose set", false),
    ]);

    public override XapiClass Class => XapiClass.Certificate;

    public override string WireName => "Certificate";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Certificate ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Certificate);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Name;
        var f2 = s_blank.Type;
        var f3 = s_blank.Host;
        var f4 = s_blank.NotBefore;
        var f5 = s_blank.NotAfter;
        var f6 = s_blank.Fingerprint;
        var f7 = s_blank.FingerprintSha256;
        var f8 = s_blank.FingerprintSha1;
        var f9 = s_blank.Purpose;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Name, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.Type, context); break;
                case 3: f3 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 4: f4 = TimeWire.Read(ref reader, before.NotBefore, context); break;
                case 5: f5 = TimeWire.Read(ref reader, before.NotAfter, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Fingerprint, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.FingerprintSha256, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.FingerprintSha1, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Purpose, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Certificate
        {
            Ref = reference,
            Uuid = f0,
            Name = f1,
            Type = f2,
            Host = f3,
            NotBefore = f4,
            NotAfter = f5,
            Fingerprint = f6,
            FingerprintSha256 = f7,
            FingerprintSha1 = f8,
            Purpose = f9,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Certificate)a, (Certificate)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.Name, y.Name)) changed = changed.With(1);
        if (!EnumWire<CertificateType>.Same(x.Type, y.Type)) changed = changed.With(2);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(3);
        if (!TimeWire.Same(x.NotBefore, y.NotBefore)) changed = changed.With(4);
        if (!TimeWire.Same(x.NotAfter, y.NotAfter)) changed = changed.With(5);
        if (!TextWire.Same(x.Fingerprint, y.Fingerprint)) changed = changed.With(6);
        if (!TextWire.Same(x.FingerprintSha256, y.FingerprintSha256)) changed = changed.With(7);
        if (!TextWire.Same(x.FingerprintSha1, y.FingerprintSha1)) changed = changed.With(8);
        if (!EnumSetWire<CertificatePurpose>.Same(x.Purpose, y.Purpose)) changed = changed.With(9);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Certificate)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.Name); break;
            case 2: EnumWire<CertificateType>.Write(writer, x.Type); break;
            case 3: RefWire<Host>.Write(writer, x.Host); break;
            case 4: TimeWire.Write(writer, x.NotBefore); break;
            case 5: TimeWire.Write(writer, x.NotAfter); break;
            case 6: TextWire.Write(writer, x.Fingerprint); break;
            case 7: TextWire.Write(writer, x.FingerprintSha256); break;
            case 8: TextWire.Write(writer, x.FingerprintSha1); break;
            case 9: EnumSetWire<CertificatePurpose>.Write(writer, x.Purpose); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Certificate has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Certificate)value;
        RefWire<Host>.Visit(x.Host, 3, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<CertificateType, EnumWire<CertificateType>> F2;
        public FieldMemo<string, TextWire> F6;
        public FieldMemo<string, TextWire> F7;
        public FieldMemo<string, TextWire> F8;
        public FieldMemo<EnumSet<CertificatePurpose>, EnumSetWire<CertificatePurpose>> F9;
    }
}
