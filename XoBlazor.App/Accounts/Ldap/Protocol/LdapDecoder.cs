using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// Reads whole messages. BER with definite lengths and primitive strings only, as RFC 4511 §5.1 demands; nothing here recurses, and
/// every count is bounded. Fails with <see cref="AsnContentException"/> and nothing else, whatever the bytes.
/// </summary>
internal static class LdapDecoder
{
    public const int BindAnswer = 1;
    public const int EntryAnswer = 4;
    public const int SearchAnswer = 5;
    public const int ReferenceAnswer = 19;
    public const int ExtendedAnswer = 24;
    public const int IntermediateAnswer = 25;

    private const string NoticeOfDisconnection = "1.3.6.1.4.1.1466.20036";

    // Members of a SET OF come in any order; sorting is DER's business.
    private static readonly AsnReaderOptions s_options = new() { SkipSetSortOrderVerification = true };
    private static readonly Asn1Tag s_controls = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_policyError = new(TagClass.ContextSpecific, 1);

    public static LdapResponse Decode(ReadOnlyMemory<byte> message)
    {
        var outer = new AsnReader(message, AsnEncodingRules.BER, s_options);
        var reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (!reader.TryReadInt32(out var id) || id < 0)
            throw new AsnContentException("the message number is out of range");

        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.Application)
            throw new AsnContentException("the operation has no application tag");
        switch (tag.TagValue)
        {
            case EntryAnswer:
                return new LdapResponse.Found(id, ReadEntry(reader.ReadSequence(tag)));
            case ReferenceAnswer:
                return new LdapResponse.Found(id, new LdapReference(ReadUris(reader.ReadSequence(tag))));
            case IntermediateAnswer:
                return new LdapResponse.Aside(id);
            case BindAnswer or SearchAnswer or ExtendedAnswer:
                return ReadDone(id, tag, reader);
            default:
                throw new AsnContentException($"an answer of kind {tag.TagValue} was not asked for");
        }
    }

    public static bool IsDisconnection(LdapResponse.Done done) => done is { Id: 0, Oid: NoticeOfDisconnection };

    private static LdapEntry ReadEntry(AsnReader reader)
    {
        var dn = ReadText(reader);
        var attributes = ImmutableArray.CreateBuilder<LdapAttribute>();
        var list = reader.ReadSequence();
        var left = LdapLimits.ValuesOfAnEntry;
        while (list.HasData)
        {
            if (attributes.Count == LdapLimits.AttributesOfAnEntry)
                throw new AsnContentException("an entry has too many attributes");

            var pair = list.ReadSequence();
            var description = ReadText(pair);
            var set = pair.ReadSetOf();
            var values = ImmutableArray.CreateBuilder<byte[]>();
            while (set.HasData)
            {
                if (--left < 0)
                    throw new AsnContentException("an entry has too many values");
                values.Add(ReadOctets(set).ToArray());
            }

            attributes.Add(new LdapAttribute(description, values.DrainToImmutable()));
        }

        return new LdapEntry(dn, attributes.DrainToImmutable());
    }

    private static LdapResponse.Done ReadDone(int id, Asn1Tag tag, AsnReader reader)
    {
        var body = reader.ReadSequence(tag);
        var code = (LdapResultCode)Number(body.ReadEnumeratedBytes());
        var matched = ReadText(body);
        var diagnostic = ReadText(body);
        ImmutableArray<string> referrals = [];
        string? oid = null;
        ReadOnlyMemory<byte>? value = null;
        while (body.HasData)
            switch (body.PeekTag())
            {
                case { TagClass: TagClass.ContextSpecific, TagValue: 3 } referral:
                    referrals = ReadUris(body.ReadSequence(referral));
                    break;
                case { TagClass: TagClass.ContextSpecific, TagValue: 10 } name when tag.TagValue == ExtendedAnswer:
                    oid = Encoding.UTF8.GetString(ReadOctets(body, name).Span);
                    break;
                case { TagClass: TagClass.ContextSpecific, TagValue: 11 } content when tag.TagValue == ExtendedAnswer:
                    value = ReadOctets(body, content).ToArray();
                    break;
                default:
                    // RFC 4511 §4: elements of later versions are to be ignored.
                    body.ReadEncodedValue();
                    break;
            }

        var result = WithControls(new LdapResult(code, matched, diagnostic, referrals), reader);
        return new LdapResponse.Done(id, tag.TagValue, result, oid, value);
    }

    private static LdapResult WithControls(LdapResult result, AsnReader reader)
    {
        if (!reader.HasData || !reader.PeekTag().HasSameClassAndValue(s_controls))
            return result;

        var list = reader.ReadSequence(s_controls);
        for (var count = 0; list.HasData; count++)
        {
            if (count == LdapLimits.Controls)
                throw new AsnContentException("an answer has too many controls");

            var control = list.ReadSequence();
            var oid = ReadText(control);
            if (control.HasData && control.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
                control.ReadBoolean();
            var value = control.HasData ? ReadOctets(control) : default;
            if (oid == LdapRequests.PagedResultsOid)
                result = result with { Cookie = ReadCookie(value) };
            else if (oid == LdapRequests.PasswordPolicyOid && !value.IsEmpty)
                result = result with { Policy = ReadPolicy(value) };
        }

        return result;
    }

    private static byte[] ReadCookie(ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.BER, s_options).ReadSequence();
        reader.ReadInteger();
        return ReadOctets(reader).ToArray();
    }

    // An optional warning [0], then an optional error [1].
    private static AccountProblem? ReadPolicy(ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.BER, s_options).ReadSequence();
        while (reader.HasData && !reader.PeekTag().HasSameClassAndValue(s_policyError))
            reader.ReadEncodedValue();
        return !reader.HasData ? null : Number(reader.ReadEnumeratedBytes(s_policyError)) switch
        {
            0 => AccountProblem.PasswordExpired,
            1 => AccountProblem.Locked,
            2 => AccountProblem.MustChangePassword,
            _ => null,
        };
    }

    private static ImmutableArray<string> ReadUris(AsnReader reader)
    {
        var uris = ImmutableArray.CreateBuilder<string>();
        while (reader.HasData)
        {
            if (uris.Count == LdapLimits.Referrals)
                throw new AsnContentException("a referral names too many servers");
            uris.Add(ReadText(reader));
        }

        return uris.DrainToImmutable();
    }

    private static string ReadText(AsnReader reader) => Encoding.UTF8.GetString(ReadOctets(reader).Span);

    private static ReadOnlyMemory<byte> ReadOctets(AsnReader reader, Asn1Tag? tag = null) =>
        reader.TryReadPrimitiveOctetString(out var octets, tag) ? octets : throw new AsnContentException("a string is in pieces");

    private static int Number(ReadOnlyMemory<byte> enumerated)
    {
        if (enumerated.Length > 4)
            throw new AsnContentException("a result code is out of range");

        var number = (int)(sbyte)enumerated.Span[0];
        foreach (var octet in enumerated.Span[1..])
            number = (number << 8) | octet;
        return number;
    }
}
