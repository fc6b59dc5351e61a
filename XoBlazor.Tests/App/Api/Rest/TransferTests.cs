using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>VMs and disks as files, by REST and by the addresses that JSON-RPC gives out, from and to a simulated pool.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;

    private readonly TestServer _server = new();
    private readonly CancellationTokenSource _patience = Patience.Source();
    private SimulatorHost _simulator = null!;
    private RestClient _client = null!;
    private string _pool = null!;
    private Vm _vm = null!;

    private CancellationToken Token => _patience.Token;

    private PoolPicture Picture => _server.Get<ObjectStore>().Current.Pool(_pool)!;

    private Sr Storage => Picture.All<Sr>().First(one => one.Shared && one.ContentType != "iso");

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=3,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, Token);
        await using (var admin = await RpcClient.AdminAsync(_server))
            (_pool, _vm) = await admin.AddPoolAsync(_server, _simulator.Pools[0]);
        _client = await RestClient.AdminAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Disk_SentRaw_IsFetchedAsItWasSent()
    {
        var content = Bytes(4 * MiB, 1);
        var disk = await MakeDiskAsync(4 * MiB);

        var sent = await SendAsync(HttpMethod.Put, $"vdis/{disk}.raw", content);
        using var fetched = await _client.Http.GetAsync($"{RestClient.Root}/vdis/{disk}.raw", Token);

        Assert.Equal((HttpStatusCode.NoContent, ""), sent);
        Assert.Equal((HttpStatusCode.OK, "application/octet-stream", 4L * MiB, "data_1.raw"), (fetched.StatusCode, fetched.Content.Headers.ContentType!.MediaType, fetched.Content.Headers.ContentLength, Name(fetched)));
        Assert.Equal(content, await fetched.Content.ReadAsByteArrayAsync(Token));
        await _server.WaitAsync(() => ((string[])["vdi.export", "vdi.import"]).All(act => _server.Audit(act).Any(one => one.Outcome == AuditOutcome.Succeeded)));
    }

    [Fact]
    public async Task Host_GivesWhatItHasWrittenDown_ToAdministratorsOnly()
    {
        var host = Picture.All<Host>().First(one => !Picture.IsCoordinator(one));
        using var vera = await RestClient.UserAsync(_server, "vera", (Role.Viewer, _pool, host));

        using var logs = await _client.Http.GetAsync($"{RestClient.Root}/hosts/{host.Uuid}/logs.tgz", Token);
        using var audit = await _client.Http.GetAsync($"{RestClient.Root}/hosts/{host.Uuid}/audit.txt", Token);
        var refused = await vera.GetAsync($"hosts/{host.Uuid}/logs.tgz");

        Assert.Equal((HttpStatusCode.OK, "application/gzip", $"{host.NameLabel}.tgz"), (logs.StatusCode, logs.Content.Headers.ContentType!.MediaType, Name(logs)));
        await using var unzipped = new System.IO.Compression.GZipStream(await logs.Content.ReadAsStreamAsync(Token), System.IO.Compression.CompressionMode.Decompress);
        await using var archive = new System.Formats.Tar.TarReader(unzipped);
        Assert.Equal("var/log/xensource.log", (await archive.GetNextEntryAsync(cancellationToken: Token))!.Name);
        Assert.Equal((HttpStatusCode.OK, "text/plain", $"{host.NameLabel}.txt"), (audit.StatusCode, audit.Content.Headers.ContentType!.MediaType, Name(audit)));
        Assert.Contains($"|audit|{host.Hostname}|", await audit.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(403, refused.Status);
        await _server.WaitAsync(() => _server.Audit("host.download_logs").Any(one => one.Outcome == AuditOutcome.Succeeded) && _server.Audit("host.download_audit").Any(one => one.Outcome == AuditOutcome.Succeeded));
    }

    [Fact]
    public async Task Host_ThatBreaksOff_IsNotTakenForWhole()
    {
        var host = Picture.All<Host>().First();
        _simulator.Pools[0].Misbehave(new(FaultKind.StreamFailure) { Method = "GET /host_logs_download", Bytes = 100, Times = 1 });

        var failed = await Record.ExceptionAsync(async () =>
        {
            using var logs = await _client.Http.GetAsync($"{RestClient.Root}/hosts/{host.Uuid}/logs.tgz", Token);
            if (logs.IsSuccessStatusCode)
                await logs.Content.ReadAsByteArrayAsync(Token);
            else
                throw new HttpRequestException($"{logs.StatusCode}");
        });

        Assert.True(failed is HttpRequestException or IOException, $"{failed}");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Vm_WithAWrongChecksum_IsCutOff_AndTheDiskIsNamed(string compression)
    {
        if (_vm.PowerState != VmPowerState.Halted)
            await _client.PostAsync($"vms/{_vm.Uuid}/actions/hard_shutdown?sync=true", new JsonObject());
        await _server.WaitAsync(() => Picture.GetByUuid<Vm>(_vm.Uuid)!.PowerState == VmPowerState.Halted);
        var disks = Picture.DisksOf(_vm).Select(disk => disk.Vdi?.NameLabel).OfType<string>().ToList();
        _simulator.Pools[0].Misbehave(new(FaultKind.StreamChecksum) { Method = "GET /export", Bytes = 8 * MiB });

        var cut = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var answer = await _client.Http.GetAsync($"{RestClient.Root}/vms/{_vm.Uuid}.xva{(compression == "none" ? "" : $"?compress={compression}")}", HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await answer.Content.CopyToAsync(Stream.Null, Token);
        });

        Assert.True(cut is HttpRequestException or IOException, $"{cut}");
        await _server.WaitAsync(() => _server.Audit("vm.export").Any(one => one is { Outcome: AuditOutcome.Failed, Message: { } words } && words.Contains("is not what its checksum says", StringComparison.Ordinal)
            && disks.Exists(disk => words.Contains($"the disk {disk}", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Disk_MadeOfAFile_HasItsContent()
    {
        var content = Bytes(2 * MiB, 2);

        var (status, made) = await SendAsync(HttpMethod.Post, $"srs/{Storage.Uuid}/vdis?raw=true&name_label=from%20a%20file", content);
        var raw = (string)JsonNode.Parse(made)!["id"]!;
        var vhd = await _client.Http.GetByteArrayAsync($"{RestClient.Root}/vdis/{raw}.vhd", Token);
        var (again, madeAgain) = await SendAsync(HttpMethod.Post, $"srs/{Storage.Uuid}/vdis", vhd);
        var copy = (string)JsonNode.Parse(madeAgain)!["id"]!;

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (status, again));
        Assert.Equal(("from a file", 2L * MiB, 2L * MiB), (Picture.GetByUuid<Vdi>(raw)!.NameLabel, Picture.GetByUuid<Vdi>(raw)!.VirtualSize, Picture.GetByUuid<Vdi>(copy)!.VirtualSize));
        Assert.Equal(content, await _client.Http.GetByteArrayAsync($"{RestClient.Root}/vdis/{copy}.raw", Token));
    }

    [Fact]
    public async Task Disk_OfBytesThatAreNone_IsRefusedInWords_AndNothingIsLeft()
    {
        var before = Picture.CountOf(XapiClass.Vdi);

        var noVhd = await SendAsync(HttpMethod.Post, $"srs/{Storage.Uuid}/vdis", Bytes(4096, 3));
        using var endless = new StreamContent(new MemoryStream(Bytes(4096, 3)));
        endless.Headers.ContentLength = null;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{RestClient.Root}/srs/{Storage.Uuid}/vdis?raw=true") { Content = endless };
        request.Headers.TransferEncodingChunked = true;
        using var noLength = await _client.Http.SendAsync(request, Token);
        var tooLarge = await SendAsync(HttpMethod.Put, $"vdis/{await MakeDiskAsync(MiB)}.raw", Bytes(8 * MiB, 3));

        Assert.Contains("conectix", noVhd.Text, StringComparison.Ordinal);
        Assert.Contains("Content-Length", await noLength.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("Make it larger first", tooLarge.Text, StringComparison.Ordinal);
        Assert.False(noLength.IsSuccessStatusCode || (int)noVhd.Status < 400 || (int)tooLarge.Status < 400);
        await _server.WaitAsync(() => Picture.CountOf(XapiClass.Vdi) == before + 1);
    }

    [Fact]
    public async Task Vm_FetchedAndSentBack_IsTheSameOnce()
    {
        await HaltAsync();
        var disk = await DiskOfVmAsync();
        var content = Bytes(3 * MiB, 4);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Put, $"vdis/{disk.Uuid}.raw", content)).Status);

        using var fetched = await _client.Http.GetAsync($"{RestClient.Root}/vms/{_vm.Uuid}.xva?compress=true", Token);
        var xva = await fetched.Content.ReadAsByteArrayAsync(Token);
        var (status, made) = await SendAsync(HttpMethod.Post, $"pools/{_pool}/vms?sr={Storage.Uuid}", xva);

        Assert.True(status == HttpStatusCode.Created, made);
        Assert.EndsWith(".xva", Name(fetched), StringComparison.Ordinal);
        var vm = Picture.GetByUuid<Vm>((string)JsonNode.Parse(made)!["id"]!)!;
        Assert.Equal((_vm.NameLabel, false), (vm.NameLabel, vm.IsATemplate));
        Assert.NotEqual(_vm.Uuid, vm.Uuid);
        var disks = Picture.DisksOf(vm).Select(one => one.Vdi).OfType<Vdi>().Where(one => one.VirtualSize == disk.VirtualSize && one.NameLabel == disk.NameLabel).ToList();
        var copied = await _client.Http.GetByteArrayAsync($"{RestClient.Root}/vdis/{Assert.Single(disks).Uuid}.raw", Token);
        Assert.Equal(content, copied[..content.Length]);
    }

    [Fact]
    public async Task Vm_ThatRuns_IsFetchedFromASnapshot_OfWhichNothingStays()
    {
        await StartAsync();
        var (snapshots, disks) = (Picture.All<Vm>().Count(vm => vm.IsASnapshot), Disks());

        var xva = await _client.Http.GetByteArrayAsync($"{RestClient.Root}/vms/{_vm.Uuid}.xva", Token);
        var (status, made) = await SendAsync(HttpMethod.Post, $"pools/{_pool}/vms?sr={Storage.Uuid}", xva);

        Assert.True(status == HttpStatusCode.Created, made);
        Assert.Equal((false, VmPowerState.Halted), (Picture.GetByUuid<Vm>((string)JsonNode.Parse(made)!["id"]!)!.IsATemplate, Picture.GetByUuid<Vm>((string)JsonNode.Parse(made)!["id"]!)!.PowerState));
        var id = (string)JsonNode.Parse(made)!["id"]!;
        // Of all that is new, only the disks of the VM that was made stay.
        await _server.WaitAsync(() => Picture.All<Vm>().Count(vm => vm.IsASnapshot) == snapshots
            && Picture.DisksOf(Picture.GetByUuid<Vm>(id)!).Count(one => one.Vbd.Type == VbdType.Disk) is > 0 and var own && Disks() == disks + own);

        // The storage keeps what both had in common until it tidies up.
        int Disks() => Picture.All<Vdi>().Count(disk => disk.Managed);
    }

    [Fact]
    public async Task Socket_GivesAddresses_FromWhichAndToWhich()
    {
        await HaltAsync();
        await using var client = await RpcClient.AdminAsync(_server);

        var from = (string)(await client.ResultAsync("vm.export", new JsonObject { ["vm"] = _vm.Uuid, ["compress"] = "gzip" }))!["$getFrom"]!;
        var xva = await _client.Http.GetByteArrayAsync(from, Token);
        var to = (string)(await client.ResultAsync("vm.import", new JsonObject { ["sr"] = Storage.Uuid }))!["$sendTo"]!;
        using var body = new ByteArrayContent(xva);
        using var sent = await _client.Http.PostAsync(to, body, Token);
        var id = (string)JsonNode.Parse(await sent.Content.ReadAsStringAsync(Token))!["result"]!;

        Assert.Equal(_vm.NameLabel, Picture.GetByUuid<Vm>(id)!.NameLabel);
        Assert.Equal(0, await client.CodeAsync("vm.export", new JsonObject { ["vm"] = _vm.Uuid, ["format"] = "ova" }));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.Http.GetAsync(from, Token)).StatusCode);
    }

    [Fact]
    public async Task Operator_WhoMayNot_ReachesNoHost()
    {
        using var client = await RestClient.UserAsync(_server, "olga", (Role.Operator, _pool, _vm));

        var refused = await client.GetAsync($"vms/{_vm.Uuid}.xva");
        var unseen = await client.GetAsync($"vdis/{Picture.All<Vdi>().First(vdi => Picture.VmsUsing(vdi).All(vm => vm.Ref != _vm.Ref)).Uuid}.raw");

        Assert.Equal((403, 404), (refused.Status, unseen.Status));
        Assert.DoesNotContain(_simulator.Pools[0].Simulator.Db.Update(() => _simulator.Pools[0].Simulator.Db.All("task").Select(task => task["name_label"].AsText).ToList()), name => name.StartsWith("Export", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_ThatBreaksMidway_IsNoWholeFile()
    {
        await HaltAsync();
        await DiskOfVmAsync();
        foreach (var kind in (FaultKind[])[FaultKind.StreamCut, FaultKind.StreamFailure])
        {
            _simulator.Pools[0].Misbehave(new Fault(kind) { Method = "GET /export", Bytes = MiB, Times = 1 });

            await Assert.ThrowsAnyAsync<Exception>(() => _client.Http.GetByteArrayAsync($"{RestClient.Root}/vms/{_vm.Uuid}.xva", Token));
        }

        await _server.WaitAsync(() => _server.Audit("vm.export").Count(act => act.Outcome == AuditOutcome.Failed) == 2);
    }

    [Fact]
    public async Task Import_ThatFailsAfterTheHostSaid200_IsToldWithItsReason_AndLeavesNothing()
    {
        var before = Picture.CountOf(XapiClass.Vdi);
        _simulator.Pools[0].Misbehave(new Fault(FaultKind.StreamFailure) { Method = "PUT /import_raw_vdi", Bytes = MiB, Times = 1 });

        var (status, text) = await SendAsync(HttpMethod.Post, $"srs/{Storage.Uuid}/vdis?raw=true", Bytes(4 * MiB, 5));

        Assert.True((int)status >= 400, text);
        Assert.Contains("VDI_IO_ERROR", text, StringComparison.Ordinal);
        await _server.WaitAsync(() => Picture.CountOf(XapiClass.Vdi) == before);
    }

    [Fact]
    public async Task Stream_ThatIsSentToAnotherMember_GoesOnThere()
    {
        await HaltAsync();
        _simulator.Pools[0].Misbehave(new Fault(FaultKind.StreamRedirect) { Times = 1 });
        var xva = await _client.Http.GetByteArrayAsync($"{RestClient.Root}/vms/{_vm.Uuid}.xva", Token);
        _simulator.Pools[0].Misbehave(new Fault(FaultKind.StreamRedirect) { Times = 1 });

        var (status, text) = await SendAsync(HttpMethod.Post, $"pools/{_pool}/vms?sr={Storage.Uuid}", xva);

        Assert.True(status == HttpStatusCode.Created, text);
    }

    [Fact]
    public async Task Fetching_ByOneWhoIsGone_EndsTheHostsTask()
    {
        await HaltAsync();
        await DiskOfVmAsync();
        _simulator.Pools[0].Misbehave(new Fault(FaultKind.StreamStall) { Method = "GET /export", Bytes = MiB, Times = 1 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var answer = await _client.Http.GetAsync($"{RestClient.Root}/vms/{_vm.Uuid}.xva", HttpCompletionOption.ResponseHeadersRead, stop.Token);

        await using (var body = await answer.Content.ReadAsStreamAsync(Token))
            Assert.True(await body.ReadAsync(new byte[1000], Token) > 0);
        answer.Dispose();

        await _server.WaitAsync(() => _server.Audit("vm.export").Any(act => act is { Outcome: AuditOutcome.Failed, Message: { } words } && words.StartsWith("Whoever received it stopped", StringComparison.Ordinal)));
        await _server.WaitAsync(() => Picture.GetByUuid<Vm>(_vm.Uuid)!.CurrentOperations.Count == 0);
    }

    [Fact]
    public async Task Head_OfAFile_ReachesNoHost()
    {
        var head = await _client.SendAsync("HEAD", $"vms/{_vm.Uuid}.xva");

        Assert.Equal((200, "application/octet-stream", ""), (head.Status, head.Type, head.Text));
        Assert.Empty(_server.Audit("vm.export"));
    }

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string? Name(HttpResponseMessage answer) => answer.Content.Headers.ContentDisposition is { FileName: { } name } ? name.Trim('"') : null;

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, byte[] content)
    {
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var request = new HttpRequestMessage(method, $"{RestClient.Root}/{path}") { Content = body };
        using var answer = await _client.Http.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task<string> MakeDiskAsync(long size) =>
        (string)(await _client.PostAsync("vdis", new JsonObject { ["srId"] = Storage.Uuid, ["virtual_size"] = size, ["name_label"] = "data/1" })).Json["id"]!;

    private async Task<Vdi> DiskOfVmAsync()
    {
        var id = await MakeDiskAsync(3 * MiB);
        await _client.PostAsync("vbds", new JsonObject { ["VM"] = _vm.Uuid, ["VDI"] = id, ["type"] = "Disk", ["mode"] = "RW", ["bootable"] = false, ["empty"] = false });
        await _server.WaitAsync(() => Picture.GetByUuid<Vdi>(id) is { Vbds.Length: 1 });
        return Picture.GetByUuid<Vdi>(id)!;
    }

    private Task HaltAsync() => PowerAsync("hard_shutdown", VmPowerState.Halted);

    private Task StartAsync() => PowerAsync("start", VmPowerState.Running);

    private async Task PowerAsync(string action, VmPowerState wanted)
    {
        if (Picture.GetByUuid<Vm>(_vm.Uuid)!.PowerState != wanted)
            await _client.PostAsync($"vms/{_vm.Uuid}/actions/{action}?sync=true", new JsonObject());
        await _server.WaitAsync(() => Picture.GetByUuid<Vm>(_vm.Uuid)!.PowerState == wanted);
        _vm = Picture.GetByUuid<Vm>(_vm.Uuid)!;
    }
}
