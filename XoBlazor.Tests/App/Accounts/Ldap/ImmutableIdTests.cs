using System.Text;
using CsCheck;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.Tests.App.Accounts.Ldap;

public sealed class ImmutableIdTests
{
    [Fact]
    public void ObjectGuid_IsTheGuidThatActiveDirectoryShows()
    {
        // The example of MS-DTYP: Data1..3 are little-endian.
        var bytes = Convert.FromHexString("33221100554477668899AABBCCDDEEFF");

        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", Of("objectGUID", bytes));
        Assert.Equal(bytes, ImmutableId.ToBytes("objectGUID", "00112233-4455-6677-8899-aabbccddeeff"));
    }

    [Fact]
    public void ObjectSid_IsItsText_AndThePrimaryGroupLiesInItsDomain()
    {
        var bytes = Convert.FromHexString("010500000000000515000000A065CF7E784B9B5FE77C8770091C0100");

        Assert.Equal("S-1-5-21-2127521184-1604012920-1887927527-72713", Of("objectSid", bytes));
        Assert.Equal(bytes, ImmutableId.ToBytes("objectSid", "S-1-5-21-2127521184-1604012920-1887927527-72713"));
        Assert.Equal("S-1-5-21-2127521184-1604012920-1887927527-513", Of("objectSid", ImmutableId.PrimaryGroupSid(bytes, 513)!));
        Assert.Null(ImmutableId.PrimaryGroupSid(bytes.AsSpan(1), 513));
    }

    [Theory]
    [InlineData("11111111-AAAA-4AAA-8AAA-000000000001", "11111111-aaaa-4aaa-8aaa-000000000001")]
    [InlineData("employee 4711", "employee 4711")]
    [InlineData(" padded ", "hex:2070616464656420")]
    [InlineData("line\n", "hex:6c696e650a")]
    [InlineData("hex:00", "hex:6865783a3030")]
    public void OtherText_IsCanonical(string value, string id) => Assert.Equal(id, Of("entryUUID", Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void AnyValue_FindsItselfAgain_AndNoOther() =>
        Gen.Select(Gen.Byte.Array[1, 40], Gen.Byte.Array[1, 40]).Sample((one, other) =>
        {
            var id = Of("someId", one)!;
            var isUuidText = Guid.TryParse(id, out _);
            return (isUuidText || ImmutableId.ToBytes("someId", id).AsSpan().SequenceEqual(one)) && (one.AsSpan().SequenceEqual(other) || id != Of("someId", other));
        }, iter: 20_000);

    [Fact]
    public void MissingSeveralOrEndless_IsNoId()
    {
        Assert.Null(ImmutableId.Of(new LdapEntry("cn=x", []), "entryUUID"));
        Assert.Null(ImmutableId.Of(new LdapEntry("cn=x", [new LdapAttribute("entryUUID", ["a"u8.ToArray(), "b"u8.ToArray()])]), "entryUUID"));
        Assert.Null(Of("entryUUID", new byte[100_000]));
    }

    private static string? Of(string attribute, byte[] value) => ImmutableId.Of(new LdapEntry("cn=x", [new LdapAttribute(attribute, [value])]), attribute);
}
