using System.Text.RegularExpressions;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security;

/// <summary>docs/security.md names tests that are there, and every test of this folder.</summary>
public sealed partial class SecurityListTests
{
    [Fact]
    public void Documentation_NamesTestsThatExistAndAllOfThisFolder()
    {
        var named = TestName().Matches(File.ReadAllText(Checkout.File("docs", "security.md"))).Select(match => match.Groups[1].Value).ToHashSet();
        var tests = typeof(SecurityListTests).Assembly.GetTypes().Where(type => type.Name.EndsWith("Tests", StringComparison.Ordinal)).ToList();

        Assert.Empty(named.Except(tests.Select(type => type.Name)));
        Assert.Empty(tests.Where(type => type.Namespace == typeof(SecurityListTests).Namespace && type != typeof(SecurityListTests)).Select(type => type.Name).Except(named));
    }

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex TestName();
}
