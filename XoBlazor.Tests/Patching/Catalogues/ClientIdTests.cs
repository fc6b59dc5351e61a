using System.Text;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;

namespace XoBlazor.Tests.Patching.Catalogues;

/// <summary>The Client-ID file, as it is and as it should not be.</summary>
public sealed class ClientIdTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"username":"client-77","apikey":"k e y"}""")]
    [InlineData("\uFEFF{ \"version\": 1, \"apikey\": \" k e y \", \"username\": \"client-77\", \"more\": { \"of\": [1] } }\n")]
    public void Read_AsItIsGivenOut_HasNameAndKey(string file)
    {
        var id = Read(file);

        Assert.Equal(("client-77", "k e y", s_now, "ada"), (id.UserName, id.ApiKey, id.Since, id.By));
        Assert.DoesNotContain("k e y", $"{id} {new CatalogueSettings { Url = "https://example.org", ClientId = id, ProxyPassword = "k e y" }}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("secret", "no JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{} {}", "no JSON")]
    [InlineData("{}", "'username'")]
    [InlineData("""{"username":"a"}""", "'apikey'")]
    [InlineData("""{"username":"","apikey":"secret"}""", "'username'")]
    [InlineData("""{"username":7,"apikey":"secret"}""", "'username'")]
    [InlineData("""{"username":"a:b","apikey":"secret"}""", "colon")]
    [InlineData("""{"username":"a","apikey":"secret\r\nHost: other"}""", "'apikey'")]
    [InlineData("""{"username":"a","apikey":"secret","x":[[[[[[[[[[]]]]]]]]]]}""", "no JSON")]
    public void Read_OfSomethingElse_SaysWhatIsExpectedAndNothingOfWhatIsInIt(string file, string words)
    {
        var message = Assert.Throws<PatchingException>(() => Read(file)).Message;

        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.EndsWith("It is a JSON file with 'username' and 'apikey', which the maker of XenServer gives customers for downloads.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfFarTooMuch_IsRefused() => Assert.Contains("far too long", Assert.Throws<PatchingException>(() => Read(new string(' ', ClientId.LongestFile + 1))).Message, StringComparison.Ordinal);

    private static ClientId Read(string file) => ClientId.Read(Encoding.UTF8.GetBytes(file), s_now, "ada");
}
