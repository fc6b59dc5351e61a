using XoBlazor.Core.Patching;

namespace XoBlazor.Tests.Patching;

/// <summary>The list of packages, as hosts tell it and as they should not.</summary>
public sealed class PackageListTests
{
    [Fact]
    public void Read_AsXcpNgTellsIt_HasEverything()
    {
        var list = PackageList.Read("""
            [{"name":"xapi-core","version":"24.19.2","release":"1.11.xcpng8.3","description":"XenServer toolstack","size":47185920,"license":"LGPL","url":"http://www.xen.org",
              "changelog":{"date":1730721600,"author":"Sam <sam@example.org> - 24.19.2-1.11","description":"- Fix the host's memory"}},
             {"name":"kernel","version":"4.19.19","release":"8.0.37.1","description":"The Linux kernel","size":"big","license":null,"url":"javascript:alert(1)","changelog":null}]
            """, "lyon");

        Assert.Equal(["kernel", "xapi-core"], list.Select(package => package.Name));
        Assert.Equal(("kernel", null, null, null), (list[0].Id, list[0].Size, list[0].Url, list[0].Change));
        Assert.Equal(("24.19.2", "1.11.xcpng8.3", 47185920L, "LGPL", "http://www.xen.org/"), (list[1].Version, list[1].Release, list[1].Size, list[1].License, list[1].Url));
        Assert.Equal((new DateTimeOffset(2024, 11, 4, 12, 0, 0, TimeSpan.Zero), "- Fix the host's memory"), (list[1].Date, list[1].Change!.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""[{"version":"1"}]""")]
    [InlineData("""[{"name":{"a":1}}]""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void Read_OfAnotherForm_IsRefusedByNameOfTheHost(string answer) =>
        Assert.StartsWith("lyon gave a list of updates that cannot be read", Assert.Throws<PatchingException>(() => PackageList.Read(answer, "lyon")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TooManyPackages_IsRefused()
    {
        var many = $"[{string.Join(',', Enumerable.Range(0, 5001).Select(number => $$"""{"name":"p{{number}}"}"""))}]";

        Assert.Contains("more than 5000", Assert.Throws<PatchingException>(() => PackageList.Read(many, "lyon")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LongTexts_AreBounded()
    {
        var package = PackageList.Read($$$"""[{"name":"a","description":"{{{new string('x', 100_000)}}}","changelog":{"date":1e300,"description":"{{{new string('y', 100_000)}}}"}}]""", "lyon")[0];

        Assert.Equal((2000, 8000, null), (package.Description.Length, package.Change!.Text.Length, package.Date));
    }

    [Theory]
    [InlineData("""{"error":"yum failed"}""", "yum failed")]
    [InlineData("""{"error":{"message":"no such repository"}}""", "no such repository")]
    [InlineData("""{"exit":1,"stdout":"","stderr":"No more mirrors to try."}""", "No more mirrors to try.")]
    [InlineData("""{"returncode":2}""", "the package manager failed and did not say why")]
    public void Read_AnErrorMember_IsTold(string answer, string words) =>
        Assert.Equal($"lyon could not look for updates: {words}", Assert.Throws<PatchingException>(() => PackageList.Read(answer, "lyon")).Message);
}
