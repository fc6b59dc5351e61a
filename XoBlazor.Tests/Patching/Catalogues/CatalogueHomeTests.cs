using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Patching.Catalogues;

/// <summary>The catalogue fetched once a day, kept when its server is down and across restarts, or uploaded in its place.</summary>
public sealed class CatalogueHomeTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));
    private readonly TempFolder _folder = new();
    private CatalogueServer _server = null!;
    private FakeCatalogueSettings _settings = null!;

    private CancellationToken Token => _patience.Token;

    private string Folder => _folder.File("catalogue");

    public async ValueTask InitializeAsync()
    {
        _server = await CatalogueServer.StartAsync(Token);
        _settings = new(new() { Url = Serve("XS76E001") });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Get_IsFetchedOnceADay()
    {
        using var home = Home();
        var (first, version) = (await NameAsync(home), home.Version);
        Serve("XS76E002");
        _time.Advance(TimeSpan.FromHours(23));
        var later = (await NameAsync(home), home.Version);
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(("XS76E001", ("XS76E001", version)), (first, later));
        Assert.Equal("XS76E002", await NameAsync(home));
        Assert.NotEqual(version, home.Version);
        Assert.Equal(["GET /updates.xml", "GET /updates.xml"], _server.Requests);
    }

    [Fact]
    public async Task Get_ManyAtOnce_FetchOnce()
    {
        using var home = Home();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => home.GetAsync(Token)));

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Get_ServerIsDown_KeepsTheLastGoodOneWithItsAgeAndTheReason()
    {
        using var home = Home();
        var first = await home.GetAsync(Token);
        await _server.DisposeAsync();
        _time.Advance(TimeSpan.FromHours(25));

        var later = await home.GetAsync(Token);

        Assert.Same(first.Current, later.Current);
        Assert.Contains("127.0.0.1 cannot be reached", later.Problem, StringComparison.Ordinal);
        Assert.Contains("Settings → Updates", later.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NothingYet_SaysWhyAndDoesNotTryAllTheTime()
    {
        var address = _settings.Current.Url;
        _settings.Current = new() { Url = new Uri(_server.Address, "other.xml").AbsoluteUri };
        using var home = Home();
        var why = (await Assert.ThrowsAsync<PatchingException>(() => home.GetAsync(Token))).Message;
        await Assert.ThrowsAsync<PatchingException>(() => home.GetAsync(Token));
        var asked = _server.Requests.Count;
        _server.Serve("other.xml", CatalogueFile.Of("7.6.0", (new MadeUpdate("XS76E003"), new Uri(address))));
        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.Contains("127.0.0.1 answered 404", why, StringComparison.Ordinal);
        Assert.Equal(1, asked);
        Assert.Equal("XS76E003", await NameAsync(home));
    }

    [Theory]
    [InlineData("<html></html>", null, "begins with 'html'")]
    [InlineData("<patchdata><patches></patches></patchdata>", 20, "cannot be reached|did not send it to its end")]
    public async Task Fetch_OfSomethingElse_IsToldAndChangesNothing(string content, int? cutAt, string words)
    {
        using var home = Home();
        var before = await home.GetAsync(Token);
        _server.Serve("updates.xml", new ServedFile(Encoding.UTF8.GetBytes(content)) { CutAt = cutAt });

        var told = await Assert.ThrowsAsync<PatchingException>(() => home.FetchAsync(Token));

        Assert.Matches(words, told.Message);
        Assert.Same(before.Current, (await home.GetAsync(Token)).Current);
    }

    /// <summary>A server that never stops sending must not fill the memory.</summary>
    [Fact]
    public async Task Fetch_OfFarTooMuch_Ends()
    {
        _server.Serve("updates.xml", new ServedFile(new byte[CatalogueHome.LongestDocument + 1]) { TellsLength = false });
        using var home = Home();

        Assert.Contains("far too long", (await Assert.ThrowsAsync<PatchingException>(() => home.FetchAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_FindsTheLastOneOfTheSameAddress()
    {
        using (var before = Home())
            await before.GetAsync(Token);
        await _server.DisposeAsync();
        _time.Advance(TimeSpan.FromHours(1));
        using var after = Home();

        var state = await after.GetAsync(Token);
        var elsewhere = _settings.Current.Url.Replace("updates", "elsewhere", StringComparison.Ordinal);
        _settings.Current = new() { Url = elsewhere };

        Assert.Equal((_time.GetUtcNow() - TimeSpan.FromHours(1), null), (state.Current!.AsOf, state.Problem));
        Assert.Null((await after.StateAsync(Token)).Current);
    }

    [Fact]
    public async Task Upload_TakesThePlaceOfTheFetchedOne_AlsoAfterARestart_UntilItIsRemoved()
    {
        using (var before = Home())
        {
            await before.GetAsync(Token);
            await before.UploadAsync(Document("XS76E009"), Token);
            Assert.Equal("XS76E009", await NameAsync(before));
        }

        _time.Advance(TimeSpan.FromDays(100));
        using var after = Home();
        var kept = await after.GetAsync(Token);
        await after.RemoveUploadedAsync(Token);

        Assert.Equal((true, _time.GetUtcNow() - TimeSpan.FromDays(100), null), (kept.Current!.IsUploaded, kept.Current.AsOf, kept.Problem));
        Assert.Equal("XS76E001", await NameAsync(after));
        Assert.False((await after.StateAsync(Token)).Current!.IsUploaded);
    }

    /// <summary>Whoever uploads one has a server that cannot be reached, as a rule.</summary>
    [Fact]
    public async Task Upload_DoesNotWaitForAServerThatHangs()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        _settings.Current = new() { Url = $"http://127.0.0.1:{((IPEndPoint)hanging.LocalEndpoint).Port}/updates.xml" };
        using var home = Home();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = home.GetAsync(enough.Token);
        using var asked = await hanging.AcceptSocketAsync(Token);

        await home.UploadAsync(Document("XS76E009"), Token);

        Assert.Equal("XS76E009", await NameAsync(home));
        Assert.False(waiting.IsCompleted);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Upload_OfSomethingElse_ChangesNothing()
    {
        using var home = Home();
        await home.UploadAsync(Document("XS76E009"), Token);

        await Assert.ThrowsAsync<PatchingException>(() => home.UploadAsync(new MemoryStream("<html/>"u8.ToArray()), Token));
        await Assert.ThrowsAsync<PatchingException>(() => home.UploadAsync(new MemoryStream(new byte[CatalogueHome.LongestDocument + 1]), Token));

        Assert.Equal("XS76E009", await NameAsync(home));
        using var again = Home();
        Assert.Equal("XS76E009", await NameAsync(again));
    }

    [Fact]
    public async Task Upload_ThatWasSpoiltOnTheDisk_IsTold()
    {
        using (var before = Home())
            await before.UploadAsync(Document("XS76E009"), Token);
        await File.WriteAllTextAsync(Path.Combine(Folder, "uploaded.xml"), "<patch", Token);
        using var after = Home();

        var state = await after.StateAsync(Token);

        Assert.Null(state.Uploaded);
        Assert.Contains("Upload it again", state.Problem, StringComparison.Ordinal);
    }

    private static async Task<string> NameAsync(CatalogueHome home) => Assert.Single((await home.GetAsync(TestContext.Current.CancellationToken)).Current!.Catalogue.Updates.Values).Name;

    private static MemoryStream Document(string name) => new(Encoding.UTF8.GetBytes(CatalogueFile.Of("7.6.0", (new MadeUpdate(name), new Uri("https://example.org/x.zip")))));

    private string Serve(string name) => _server.Serve("updates.xml", Document(name).ToArray()).AbsoluteUri;

    private CatalogueHome Home() => new(_settings, new RemoteFiles(Options.Create(new RemoteFileOptions()), TimeProvider.System), new(Folder), _time, NullLogger<CatalogueHome>.Instance);
}
