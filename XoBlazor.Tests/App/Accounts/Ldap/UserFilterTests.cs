using CsCheck;
using XoBlazor.App.Accounts.Ldap;

namespace XoBlazor.Tests.App.Accounts.Ldap;

public sealed class UserFilterTests
{
    [Theory]
    [InlineData("(uid={name})", "(uid=x)", "(uid=*)")]
    [InlineData("(&(objectClass=person)(|(uid={name})(mail={name}@example.test)))", "(&(objectClass=person)(|(uid=x)(mail=x@example.test)))", "(&(objectClass=person)(|(uid=*)(mail=*)))")]
    [InlineData("(uid={{name}})", "(uid=x)", "(uid=*)")]
    [InlineData("(uid={name}-*)", "(uid=x-*)", "(uid=*)")]
    [InlineData("(uid:caseExactMatch:={name})", "(uid:caseExactMatch:=x)", "(uid=*)")]
    public void Filter_WithAndWithoutAName(string template, string named, string anybody)
    {
        var filter = UserFilter.Parse(template);

        Assert.Equal((named, anybody), (filter.Named("x").ToString(), filter.Anybody().ToString()));
    }

    [Fact]
    public void Named_AnyName_ChangesNothingButTheValue() =>
        Gen.String.Sample(name =>
        {
            var filter = UserFilter.Parse("(&(objectClass=person)(uid={name}))").Named(name).ToString();
            return filter.Count(letter => letter == '(') == 3 && filter.Count(letter => letter == ')') == 3 && !filter.Contains('*', StringComparison.Ordinal);
        }, iter: 20_000);

    [Theory]
    [InlineData("(uid=fixed)")]
    [InlineData("({name}=x)")]
    public void Parse_NoPlaceForAName_IsRefused(string template) => Assert.Throws<FormatException>(() => UserFilter.Parse(template));
}
