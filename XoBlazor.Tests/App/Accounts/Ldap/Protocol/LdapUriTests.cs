using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.Tests.App.Accounts.Ldap.Protocol;

public sealed class LdapUriTests
{
    [Theory]
    [InlineData("ldap://host.example.test", false, "host.example.test", 389)]
    [InlineData("LDAPS://host.example.test/", true, "host.example.test", 636)]
    [InlineData("ldaps://192.0.2.1:1636", true, "192.0.2.1", 1636)]
    [InlineData("ldap://[2001:db8::1]:3890", false, "2001:db8::1", 3890)]
    public void TryParse_Servers_GivesTheirParts(string text, bool isTls, string host, int port)
    {
        Assert.True(LdapUri.TryParse(text, out var uri));

        Assert.Equal((isTls, host, port, null), (uri.IsTls, uri.Host, uri.Port, uri.Base));
    }

    [Fact]
    public void TryParse_Referral_GivesBaseScopeAndFilterUnescaped()
    {
        Assert.True(LdapUri.TryParse("ldap://host.example.test/ou=a%20b,dc=c??sub?(cn=%28x)", out var uri));

        Assert.Equal(("ou=a b,dc=c", LdapScope.Subtree, "(cn=(x)"), (uri.Base, uri.Scope, uri.Filter));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host.example.test")]
    [InlineData("ldap:///dc=x")]
    [InlineData("http://host.example.test")]
    [InlineData("ldap://name:password@host.example.test")]
    [InlineData("ldap://host.example.test:99999")]
    public void TryParse_AnythingElse_IsNoServer(string text) => Assert.False(LdapUri.TryParse(text, out _));
}
