using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>The tests' own web server does what it is told, so that a test that blames the product is right.</summary>
public sealed class CatalogueServerTests
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 100_000).Select(number => (byte)(number % 251))];

    [Fact]
    public async Task File_WithAndWithoutARange_ComesWholeOrInPart()
    {
        await using var server = await CatalogueServer.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var address = server.Serve("a.zip", s_content);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(60_000, null);

        var whole = await http.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
        using var part = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(s_content, whole);
        Assert.Equal((HttpStatusCode.PartialContent, "bytes 60000-99999/100000"), (part.StatusCode, $"{part.Content.Headers.ContentRange}"));
        Assert.Equal(s_content[60_000..], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["GET /a.zip", "GET /a.zip bytes=60000-"], server.Requests);
    }

    [Fact]
    public async Task File_ThatIsCut_EndsTooEarly()
    {
        await using var server = await CatalogueServer.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var address = server.Serve("a.zip", new ServedFile(s_content) { CutAt = 50_000 });

        await Assert.ThrowsAnyAsync<Exception>(() => http.GetByteArrayAsync(address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task File_ThatWantsAName_IsGivenToWhoHasIt()
    {
        await using var server = await CatalogueServer.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var address = server.Serve("a.zip", new ServedFile(s_content) { Credentials = "me:key" });

        using var nobody = await http.GetAsync(address, TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("me:key")));
        using var somebody = await http.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (nobody.StatusCode, somebody.StatusCode));
    }

    [Fact]
    public async Task File_WithAWrongByte_DiffersThere()
    {
        await using var server = await CatalogueServer.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var address = server.Serve("a.zip", new ServedFile(s_content) { TellsLength = false, TakesRanges = false }.WrongAt(77_000));

        using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
        var content = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Null(answer.Headers.AcceptRanges.FirstOrDefault());
        Assert.Equal([77_000], Enumerable.Range(0, content.Length).Where(position => content[position] != s_content[position]));
    }

    [Fact]
    public void Catalogue_OfTwoUpdates_NamesBothWithWhatTheyNeed()
    {
        var first = new MadeUpdate("XS82E001");
        var second = new MadeUpdate("XS82E002") { Requires = [first.Uuid] };

        var catalogue = XDocument.Parse(CatalogueFile.Of("8.2.1", (first, new("https://a.example/1.zip")), (second, new("https://a.example/2.zip"))));

        Assert.Equal([first.Uuid, second.Uuid], catalogue.Root!.Element("serverversions")!.Element("version")!.Elements("patch").Select(patch => patch.Attribute("uuid")!.Value));
        Assert.Equal(first.Uuid, catalogue.Descendants("requiredpatch").Single().Attribute("uuid")!.Value);
    }
}
