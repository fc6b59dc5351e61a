using System.Formats.Asn1;
using CsCheck;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap.Protocol;

public sealed class LdapDecoderTests
{
    private static readonly byte[] s_tags = [0x61, 0x64, 0x65, 0x73, 0x78, 0x79];

    public static TheoryData<string, byte[]> Messages => new()
    {
        { "entry", Answers.Entry(7, "cn=x,dc=y", ("cn", ["x"]), ("member", ["a", "b", "c"])) },
        { "reference", Answers.Reference(7, "ldap://a/dc=y", "ldap://b/dc=y") },
        { "bind", Answers.Done(7, Answers.Bind, 49, "80090308: data 52e, v1db1") },
        { "page", Answers.Done(7, Answers.Search, 0, control: (LdapRequests.PagedResultsOid, Answers.Cookie("next"))) },
        { "referral", Answers.Done(7, Answers.Search, 10, referrals: ["ldap://c/dc=z"]) },
        { "policy", Answers.Done(7, Answers.Bind, 49, control: (LdapRequests.PasswordPolicyOid, [0x30, 3, 0x81, 1, 1])) },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Decode_EachMessageCutAnywhere_FailsInTheOneWay(string kind, byte[] message)
    {
        Assert.NotNull(LdapDecoder.Decode(message));

        for (var length = 0; length < message.Length; length++)
            Assert.ThrowsAny<AsnContentException>(() => LdapDecoder.Decode(message.AsMemory(0, length)));
        Assert.NotEmpty(kind);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Decode_AnyOctetChanged_FailsInTheOneWayOrNot(string kind, byte[] message)
    {
        for (var at = 0; at < message.Length; at++)
            for (var value = 0; value < 256; value++)
            {
                var changed = message.ToArray();
                changed[at] = (byte)value;
                DecodeOrFail(changed);
            }

        Assert.NotEmpty(kind);
    }

    [Fact]
    public void Decode_RandomOctets_FailInTheOneWay() => Gen.Byte.Array[0, 200].Sample(DecodeOrFail, iter: 50_000);

    [Fact]
    public void Decode_RandomBodyInAGoodEnvelope_FailsInTheOneWay() =>
        Gen.Select(Gen.Int[0, s_tags.Length - 1], Gen.Byte.Array[0, 100]).Sample((tag, body) =>
            DecodeOrFail([0x30, (byte)(body.Length + 5), 0x02, 1, 7, s_tags[tag], (byte)body.Length, .. body]), iter: 50_000);

    [Fact]
    public void Decode_StringInPieces_IsRefused()
    {
        // An octet string of two pieces is good BER, and not what RFC 4511 §5.1 lets a server send.
        byte[] entry = [0x30, 0x13, 0x02, 1, 7, 0x64, 0x0E, 0x24, 0x08, 0x04, 2, (byte)'c', (byte)'n', 0x04, 2, (byte)'=', (byte)'x', 0x30, 0, 0x30, 0];

        Assert.Throws<AsnContentException>(() => LdapDecoder.Decode(entry));
    }

    [Fact]
    public void Decode_MoreValuesThanAnEntryMayHave_IsRefused()
    {
        var entry = Answers.Entry(1, "cn=x", ("member", [.. Enumerable.Repeat("", LdapLimits.ValuesOfAnEntry + 1)]));

        Assert.Throws<AsnContentException>(() => LdapDecoder.Decode(entry));
    }

    [Fact]
    public void Decode_PolicyControl_SaysWhatIsWrong()
    {
        var locked = (LdapResponse.Done)LdapDecoder.Decode(Answers.Done(1, Answers.Bind, 49, control: (LdapRequests.PasswordPolicyOid, [0x30, 3, 0x81, 1, 1])));
        var warned = (LdapResponse.Done)LdapDecoder.Decode(Answers.Done(1, Answers.Bind, 0, control: (LdapRequests.PasswordPolicyOid, [0x30, 5, 0xA0, 3, 0x80, 1, 9])));

        Assert.Equal(AccountProblem.Locked, locked.Result.Policy);
        Assert.Null(warned.Result.Policy);
    }

    private static void DecodeOrFail(byte[] message)
    {
        try
        {
            LdapDecoder.Decode(message);
        }
        catch (AsnContentException)
        {
            // This is the one way to fail.
        }
    }
}
