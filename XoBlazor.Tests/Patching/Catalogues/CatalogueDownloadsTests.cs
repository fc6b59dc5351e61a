using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;
using XoBlazor.Tests.Transfers.Remote;

namespace XoBlazor.Tests.Patching.Catalogues;

/// <summary>Downloads of updates: who is told what, along which ways.</summary>
public sealed class CatalogueDownloadsTests : IAsyncLifetime
{
    private const string Sent = "Basic Y2xpZW50LTc3OmsgZSB5";

    private static readonly byte[] s_zip = [.. Enumerable.Range(0, 100_000).Select(number => (byte)(number % 251))];
    private static readonly ClientId s_id = new("client-77", "k e y", default, "ada");

    private readonly CancellationTokenSource _patience = Patience.Source();
    private CatalogueServer _server = null!;

    private CancellationToken Token => _patience.Token;

    public async ValueTask InitializeAsync() => _server = await CatalogueServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Open_AMirrorThatWantsTheClientId_GivesTheZip()
    {
        var zip = _server.Serve("a.zip", new ServedFile(s_zip) { Credentials = "client-77:k e y" });

        await using var download = await Downloads(Settings(zip)).OpenAsync(Update(zip), Token);
        using var content = new MemoryStream();
        await download.Content.CopyToAsync(content, Token);

        Assert.Equal(("127.0.0.1", 100_000L), (download.Host, download.Length));
        Assert.Equal(s_zip, content.ToArray());
    }

    [Fact]
    public async Task Open_WithoutTheRightClientId_SaysWhatToDo()
    {
        var zip = _server.Serve("a.zip", new ServedFile(s_zip) { Credentials = "client-77:another" });
        var mirror = Settings(zip);

        Assert.Contains("Upload the Client-ID file under Settings → Updates", await RefusalAsync(mirror with { ClientId = null }, zip), StringComparison.Ordinal);
        Assert.Contains("does not accept the Client ID of 'client-77'", await RefusalAsync(mirror, zip), StringComparison.Ordinal);
        Assert.Contains("Patching:Mirrors", await RefusalAsync(mirror with { Url = zip.AbsoluteUri, Mirrors = [] }, zip), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfAnUpdateWithoutAnAddress_SaysSo() =>
        Assert.Contains("does not say where XS82E001 is", (await Assert.ThrowsAsync<PatchingException>(() =>
            Downloads(Settings(_server.Address)).OpenAsync(new MissingUpdate { Id = "a", Name = "XS82E001" }, Token))).Message, StringComparison.Ordinal);

    /// <summary>Neither another port of the same server, nor another name, nor plain HTTP in the place of HTTPS.</summary>
    [Fact]
    public async Task ClientId_GoesToThoseThatAreNamed_AndToNobodyARedirectLeadsTo()
    {
        await using var mirror = new FileServer();
        await using var other = new FileServer();
        mirror.Redirect("/a.zip", other.At("/b.zip")).Redirect("/c.zip", "/d.zip").File("/d.zip", s_zip);
        other.File("/b.zip", s_zip).Redirect("/back.zip", mirror.At("/d.zip"));
        var settings = Settings(new(mirror.At("/"))) with { Url = other.At("/updates.xml") };

        foreach (var address in (string[])[mirror.At("/a.zip"), mirror.At("/c.zip"), other.At("/back.zip")])
            await (await Downloads(settings).OpenAsync(Update(new(address)), Token)).DisposeAsync();

        Assert.Equal(["GET /a.zip HTTP/1.1", "GET /c.zip HTTP/1.1", "GET /d.zip HTTP/1.1", "GET /d.zip HTTP/1.1"], mirror.Asked);
        Assert.Equal([Sent, Sent, Sent, ""], mirror.Names);
        Assert.Equal(["", ""], other.Names);
    }

    [Theory]
    [InlineData("https://fileservice.citrix.com/direct/v2/a.zip", true)]
    [InlineData("https://UPDATES.ops.xenserver.com/a.zip", true)]
    [InlineData("https://fileservice.citrix.com:8443/a.zip", false)]
    [InlineData("http://fileservice.citrix.com/a.zip", false)]
    [InlineData("https://fileservice.citrix.com.example.org/a.zip", false)]
    [InlineData("https://other.citrix.com/a.zip", false)]
    public void Trusts_TheMakersServersAlone(string address, bool isTrusted) => Assert.Equal(isTrusted, new CatalogueSettings { Url = "https://example.org" }.Trusts(new(address)));

    /// <summary>A catalogue must not have us ask servers that only we reach.</summary>
    [Fact]
    public async Task Open_OfWhatIsOnAnotherNetwork_AsksNobody()
    {
        await using var inside = new FileServer();
        var settings = new CatalogueSettings { Url = "https://updates.example/updates.xml", ClientId = s_id };

        Assert.Contains("not on the public Internet", await RefusalAsync(settings, new(inside.At("/a.zip"))), StringComparison.Ordinal);
        Assert.Contains("not on the public Internet", await RefusalAsync(settings with { Proxy = _server.Address.AbsoluteUri }, new(inside.At("/a.zip"))), StringComparison.Ordinal);
        Assert.Empty(inside.Asked);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Open_ThroughAProxy_AsksIt()
    {
        await using var proxy = new FileServer();
        proxy.File("http://mirror.example/a.zip", s_zip);
        var zip = new Uri("http://mirror.example/a.zip");

        await using var download = await Downloads(Settings(zip) with { Proxy = proxy.At("/") }).OpenAsync(Update(zip), Token);

        Assert.Equal(["GET http://mirror.example/a.zip HTTP/1.1"], proxy.Asked);
        Assert.Equal([Sent], proxy.Names);
        Assert.Equal(100_000, download.Length);
    }

    /// <summary>With its own user and password, which nobody behind it sees; and the client id is nothing for the proxy.</summary>
    [Fact]
    public async Task Open_ThroughAProxyThatWantsAName_TellsIt()
    {
        await using var proxy = new FileServer { Wants = "Basic YWRhOnMgMw==" };
        proxy.File("http://mirror.example/a.zip", s_zip);
        var (zip, secured) = (new Uri("http://mirror.example/a.zip"), new Uri("https://mirror.example/a.zip"));
        var settings = Settings(secured) with { Proxy = proxy.At("/"), ProxyUser = "ada", ProxyPassword = "s 3" };

        await using var download = await Downloads(settings).OpenAsync(Update(zip), Token);
        var refused = await RefusalAsync(settings, secured);
        var nameless = await RefusalAsync(settings with { ProxyUser = null }, secured);

        Assert.Equal(100_000, download.Length);
        Assert.All([refused, nameless], words => Assert.Contains("The proxy 127.0.0.1 does not let us through to mirror.example.", words, StringComparison.Ordinal));
        Assert.Contains("CONNECT mirror.example:443 HTTP/1.1", proxy.Asked);
        Assert.All(proxy.Names, name => Assert.Equal("", name));
    }

    [Fact]
    public async Task Open_ThroughAProxyThatIsDown_NamesIt()
    {
        await using var proxy = new FileServer();
        var at = proxy.At("/");
        await proxy.DisposeAsync();

        Assert.Contains("the proxy 127.0.0.1 down", await RefusalAsync(new() { Url = "https://updates.example", Proxy = at }, new("http://mirror.example/a.zip")), StringComparison.Ordinal);
    }

    private static CatalogueSettings Settings(Uri mirror) => new() { Url = "https://updates.example/updates.xml", ClientId = s_id, Mirrors = [mirror] };

    private static MissingUpdate Update(Uri zip) => new() { Id = "a", Name = "XS82E001", Download = zip.AbsoluteUri };

    private static CatalogueDownloads Downloads(CatalogueSettings settings) => new(new RemoteFiles(Options.Create(new RemoteFileOptions()), TimeProvider.System), new FakeCatalogueSettings(settings));

    private async Task<string> RefusalAsync(CatalogueSettings settings, Uri zip) => (await Assert.ThrowsAsync<PatchingException>(() => Downloads(settings).OpenAsync(Update(zip), Token))).Message;
}
