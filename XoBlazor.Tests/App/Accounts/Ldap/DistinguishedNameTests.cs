using XoBlazor.App.Accounts.Ldap;

namespace XoBlazor.Tests.App.Accounts.Ldap;

public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("cn=a,dc=b", "CN=A, DC=B")]
    [InlineData("cn=a b,dc=c", "cn= a b ,dc=c")]
    [InlineData(@"cn=a\,b,dc=c", @"cn=a\2Cb,dc=c")]
    [InlineData(@"cn=Lu\C4\8Di\C4\87", "cn=Lučić")]
    public void AreSame_SpeltDifferently_Yes(string one, string other) => Assert.True(DistinguishedName.AreSame(one, other));

    [Theory]
    [InlineData("cn=a,dc=b", "cn=a,dc=c")]
    [InlineData(@"cn=a\,dc=b", "cn=a,dc=b")]
    [InlineData(@"cn=a\=b", "cn=a=b")]
    [InlineData("cn=ab", "cn=a b")]
    [InlineData("cn=1:a", "cn=a")]
    [InlineData("", "cn=a")]
    public void AreSame_DifferentNames_No(string one, string other) => Assert.False(DistinguishedName.AreSame(one, other));
}
