using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Support;
using static XoBlazor.Tests.App.Support.TransferBench;

namespace XoBlazor.Tests.App.Api.Transfers;

/// <summary>The addresses for a file that goes out or in: good once, for their owner, and for a file that is sent as often as the connection is lost.</summary>
public sealed class TransferDeskTests : IAsyncLifetime
{
    private TransferBench _bench = null!;
    private RpcClient _client = null!;
    private HttpClient _http = null!;

    private CancellationToken Token => _bench.Token;

    public async ValueTask InitializeAsync()
    {
        _bench = await TransferBench.StartAsync(onAPort: true);
        _client = await RpcClient.AdminAsync(_bench.Server);
        _http = _bench.Server.Browser();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _client.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Export_IsFetchedOnce_AndItsRunTellsTheEnd()
    {
        var content = Bytes(2 * MiB, 1);
        var disk = await _bench.FillAsync("out", content);

        var address = await OfferAsync("vdi.export", disk.Uuid, new() { ["format"] = "raw" }, "from");
        using var fetched = await _http.GetAsync(address, Token);
        using var again = await _http.GetAsync(address, Token);
        var end = await _client.ResultAsync("operation.get", new JsonObject { ["run"] = fetched.Headers.GetValues("X-Run").Single(), ["wait"] = 30_000 });

        Assert.Equal(content, await fetched.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("out.raw", fetched.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal("succeeded", (string?)end!["end"]);
    }

    [Fact]
    public async Task File_SentInPieces_IsWhole()
    {
        var content = Bytes(4 * MiB, 2);
        var address = await SendingAsync("sr.import_disk", _bench.Storage.Uuid, new() { ["name"] = "in", ["format"] = "raw" }, content.Length);

        var first = await PatchAsync(address, 0, content[..MiB]);
        var told = await ReachedAsync(address);
        var wrong = await PatchAsync(address, 5, content[5..]);
        var rest = await PatchAsync(address, MiB, content[MiB..]);
        // Whoever did not hear the end asks again.
        var again = await PatchAsync(address, content.Length, []);

        Assert.Equal((HttpStatusCode.NoContent, (long)MiB, HttpStatusCode.RequestedRangeNotSatisfiable), (first.Status, told, wrong.Status));
        Assert.True(rest.Status == HttpStatusCode.OK, rest.Text);
        var made = (string)JsonNode.Parse(rest.Text)!["made"]!;
        Assert.Equal(content, await _bench.ContentAsync(made));
        Assert.Equal(made, (string?)JsonNode.Parse(again.Text)!["made"]);
    }

    [Fact]
    public async Task File_WhoseConnectionIsLost_GoesOnWhereItWas()
    {
        var content = Bytes(4 * MiB, 3);
        var address = await SendingAsync("sr.import_disk", _bench.Storage.Uuid, new() { ["name"] = "resumed", ["format"] = "raw" }, content.Length);

        using (var lost = new TcpClient())
        {
            await lost.ConnectAsync(_bench.Server.Address!.Host, _bench.Server.Address.Port, Token);
            var head = string.Create(CultureInfo.InvariantCulture, $"PATCH {address} HTTP/1.1\r\nHost: {_bench.Server.Address.Authority}\r\nUpload-Offset: 0\r\nContent-Length: {content.Length}\r\n\r\n");
            await lost.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Token);
            await lost.GetStream().WriteAsync(content.AsMemory(0, MiB + 777), Token);
            await _bench.Server.UntilAsync(async () => await ReachedAsync(address) == MiB + 777);
            lost.Client.LingerState = new(enable: true, seconds: 0);
        }

        var rest = await PatchAsync(address, await ReachedAsync(address), content[(MiB + 777)..]);

        Assert.True(rest.Status == HttpStatusCode.OK, rest.Text);
        Assert.Equal(content, await _bench.ContentAsync((string)JsonNode.Parse(rest.Text)!["made"]!));
        Assert.Single(_bench.Server.Audit("sr.import_disk"), act => act.Outcome == AuditOutcome.Begun);
    }

    [Fact]
    public async Task File_GivenUp_LeavesNothing()
    {
        var before = _bench.Picture.CountOf(XapiClass.Vdi);
        var address = await SendingAsync("sr.import_disk", _bench.Storage.Uuid, new() { ["name"] = "given up", ["format"] = "raw" }, 4 * MiB);
        await PatchAsync(address, 0, Bytes(MiB, 4));

        using var gone = await _http.DeleteAsync(address, Token);

        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        await _bench.Server.WaitAsync(() => _bench.Server.Audit("sr.import_disk").Any(act => act is { Outcome: AuditOutcome.Failed, Message: { } words } && words.StartsWith("The disk 'given up' was not made. Whoever sent it stopped", StringComparison.Ordinal))
            && _bench.Picture.CountOf(XapiClass.Vdi) == before);
    }

    [Fact]
    public async Task Iso_IsADiscOfTheLibrary_AndAnythingElseIsRefused()
    {
        var (iso, before) = (Iso(2 * MiB, 5), _bench.Picture.CountOf(XapiClass.Vdi));

        var sent = await PatchAsync(await SendingAsync("sr.import_iso", _bench.Library.Uuid, new() { ["name"] = "rescue.iso" }, iso.Length), 0, iso);
        var none = await PatchAsync(await SendingAsync("sr.import_iso", _bench.Library.Uuid, new() { ["name"] = "rescue.iso" }, MiB), 0, Bytes(MiB, 6));
        var elsewhere = await _client.CodeAsync("operation.transfer", new JsonObject { ["operation"] = "sr.import_iso", ["id"] = _bench.Storage.Uuid, ["arguments"] = new JsonObject { ["name"] = "x" }, ["length"] = 10 });

        Assert.True(sent.Status == HttpStatusCode.OK, sent.Text);
        var disc = _bench.Picture.GetByUuid<Vdi>((string)JsonNode.Parse(sent.Text)!["made"]!)!;
        Assert.Equal((_bench.Library.Ref, "rescue.iso"), (disc.Sr.Value, disc.NameLabel));
        Assert.Equal(iso, await _bench.ContentAsync(disc.Uuid));
        Assert.Equal(HttpStatusCode.Conflict, none.Status);
        Assert.Contains("no ISO image", none.Text, StringComparison.Ordinal);
        Assert.NotEqual(0, elsewhere);
        await _bench.Server.WaitAsync(() => _bench.Picture.CountOf(XapiClass.Vdi) == before + 1);
    }

    [Fact]
    public async Task WhoMayNot_GetsNoAddress_AndOneForFetchingTakesNothing()
    {
        var disk = await _bench.FillAsync("secret", Bytes(MiB, 7));
        var admin = await _bench.Server.AdminAsync();
        var id = await _bench.Server.Get<UserAdministration>().CreateAsync(admin, new("olga", TestServer.Password, MustChangePassword: false), Token);
        await _bench.Server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, Role.Viewer.Id, new AccessScope.OfObject(new(_bench.Pool.Uuid, disk.Uuid)), Token);
        await using var olga = await RpcClient.SignedInAsync(_bench.Server, "olga", TestServer.Password);

        Assert.Equal(2, await olga.CodeAsync("operation.transfer", Asked("vdi.export", disk.Uuid, new() { ["format"] = "raw" })));
        Assert.Equal(10, await _client.CodeAsync("operation.transfer", Asked("vm.start", disk.Uuid, [])));
        var address = await OfferAsync("vdi.export", disk.Uuid, new() { ["format"] = "raw" }, "from");
        // What is for fetching cannot be sent to.
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(address, 0, [1])).Status);
    }

    private static JsonObject Asked(string operation, string id, JsonObject arguments) => new() { ["operation"] = operation, ["id"] = id, ["arguments"] = arguments };

    private async Task<string> OfferAsync(string operation, string id, JsonObject arguments, string way) => (string)(await _client.ResultAsync("operation.transfer", Asked(operation, id, arguments)))![way]!;

    private async Task<string> SendingAsync(string operation, string id, JsonObject arguments, long length)
    {
        var asked = Asked(operation, id, arguments);
        asked["length"] = length;
        return (string)(await _client.ResultAsync("operation.transfer", asked))!["to"]!;
    }

    private async Task<(HttpStatusCode Status, string Text)> PatchAsync(string address, long offset, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new ByteArrayContent(content) };
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        using var answer = await _http.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task<long> ReachedAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var answer = await _http.SendAsync(request, Token);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }
}
