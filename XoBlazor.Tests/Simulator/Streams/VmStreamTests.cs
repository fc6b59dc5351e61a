using System.Net;
using System.Text;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Streams;
using XoBlazor.Simulator.Streams.Zstd;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Streams;

/// <summary>Whole VMs out of a simulated pool and into it.</summary>
public sealed class VmStreamTests : IAsyncLifetime
{
    private const long MiB = 1 << 20;

    private StreamPool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _pool = await StreamPool.StartAsync();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData("", new long[0])]
    [InlineData("true", new long[0])]
    [InlineData("", new[] { 4 * MiB })]
    [InlineData("true", new[] { 4 * MiB, 2 * MiB })]
    [InlineData("", new[] { MiB, (3 * MiB) + 512, 700, 5 * MiB })]
    [InlineData("zstd", new[] { 40 * MiB })]
    public async Task Export_ImportedAgain_HasTheSameBytes(string compression, long[] sizes)
    {
        var vm = _pool.MakeVm("first", _pool.Shared, sizes);
        var disks = StreamPool.DisksOf(vm);
        for (var index = 0; index < disks.Count; index++)
            _pool.Write(disks[index], disks[index].Int("virtual_size") / 2 / MiB, seed: index);

        var archive = await _pool.DownloadAsync($"export?ref={vm.Ref}&use_compression={compression}");
        var copy = await _pool.ImportAsync(archive);

        Assert.Equal(("first", "Halted", false), (copy.Text("name_label"), copy.Text("power_state"), copy.Bool("is_a_template")));
        Assert.Equal(disks.Select(disk => disk.Int("virtual_size")), StreamPool.DisksOf(copy).Select(disk => disk.Int("virtual_size")));
        foreach (var (one, other) in disks.Zip(StreamPool.DisksOf(copy)))
            Assert.True(_pool.Bytes(one).AsSpan().SequenceEqual(_pool.Bytes(other)));
        Assert.Empty(copy["current_operations"].AsMap.Entries);
        Assert.Contains("export", copy["allowed_operations"].AsTexts);
    }

    [Fact]
    public async Task Export_OfASparseDisk_HasItsEndsAndWhatIsNotZeros()
    {
        var vm = _pool.MakeVm("sparse", _pool.Shared, 8 * MiB);
        _pool.Write(StreamPool.DisksOf(vm)[0], 5, seed: 1);

        var files = Archive.Read(await _pool.DownloadAsync($"export/?uuid={vm.Uuid}"));

        var id = files[1].Name.Split('/')[0];
        Assert.Equal(
            ["ova.xml", $"{id}/00000000", $"{id}/00000000.xxhash", $"{id}/00000005", $"{id}/00000005.xxhash", $"{id}/00000007", $"{id}/00000007.xxhash"],
            files.Select(file => file.Name));
        foreach (var (block, sum) in files.Skip(1).Chunk(2).Select(pair => (pair[0], pair[1])))
            Assert.Equal(XxHash64.Hash(block.Bytes).ToString("X16"), Encoding.ASCII.GetString(sum.Bytes));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RealExport_ImportedAndExportedAgain_IsTheSame(bool isCompressed)
    {
        var real = SharedData.Bytes("data", "xva", "two-disks.xva");

        var vm = await _pool.ImportAsync(isCompressed ? Archive.Compress(real) : real);
        var again = Archive.Read(await _pool.DownloadAsync($"export?ref={vm.Ref}"));

        Assert.Equal("vm-2", vm.Text("name_label"));
        Assert.Equal(["CD", "Disk"], vm.FollowAll("VBDs", "VBD").Select(vbd => vbd.Text("type")).Order());
        Assert.Equal(Places(Archive.Read(real)), Places(again));
        Assert.Equal(["0 1048576 02108A20AAEFDDEE", "8191 1048576 0EA1BD36AA953396"], Places(again));
        Assert.Equal("complete", _pool.Db.All("task").Select(task => task["other_config"].AsMap["object_creation"]?.AsText).First(text => text is not null));
    }

    /// <summary>The blocks of an archive's only disk: where on it, how long, and their sum. An empty one takes a number but no place.</summary>
    private static List<string> Places(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var (places, empty) = (new List<string>(), 0);
        foreach (var (name, bytes) in files.Where(file => file.Name.Length > 8 && char.IsAsciiDigit(file.Name[^1])))
        {
            if (bytes.Length == 0) empty++;
            else places.Add($"{long.Parse(name.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture) - empty} {bytes.Length} {XxHash64.Hash(bytes):X16}");
        }

        Assert.True(empty > 0);
        return places;
    }

    [Fact]
    public void Checksums_OfARealExport_AreTheOnesThatWeReckon()
    {
        var files = Archive.Read(SharedData.Bytes("data", "xva", "two-disks.xva")).Skip(1).Chunk(2).ToList();

        Assert.All(files, pair => Assert.Equal(Encoding.ASCII.GetString(pair[1].Bytes), XxHash64.Hash(pair[0].Bytes).ToString("X16")));
        Assert.Equal(0x44BC2CF5AD770999UL, XxHash64.Hash("abc"u8));
        Assert.Equal(6, files.Count);
    }

    [Fact]
    public async Task Zstd_OfHostsFromBeforeIt_IsNeitherTakenNorGiven()
    {
        await using var old = await StreamPool.StartAsync(asVersion: "XenServer 7.6");
        var vm = old.MakeVm("plain", old.Shared);
        var before = old.Census();

        var task = await old.UploadAsync($"import?sr_id={old.Shared.Ref}", SharedData.Bytes("data", "xva", "zstd.xva"));
        var plain = await old.DownloadAsync($"export?ref={vm.Ref}&use_compression=zstd");

        Assert.Equal(before, old.Census());
        Assert.Equal("IMPORT_ERROR", task["error_info"].AsTexts.First());
        Assert.Equal("ova.xml", Archive.Read(plain)[0].Name);
    }

    [Fact]
    public async Task RealExport_InZstd_IsImported_AndExportedSo()
    {
        Assert.SkipUnless(ZstdLibrary.IsThere, "this system has no libzstd");
        var vm = await _pool.ImportAsync(SharedData.Bytes("data", "xva", "zstd.xva"));
        var plain = Archive.Read(await _pool.DownloadAsync($"export?ref={vm.Ref}"));
        var again = await _pool.DownloadAsync($"export?ref={vm.Ref}&use_compression=zstd");

        Assert.Equal(8L << 30, StreamPool.DisksOf(vm).Single().Int("virtual_size"));
        Assert.Equal([0x28, 0xB5, 0x2F, 0xFD], again[..4]);
        Assert.Equal(plain.Select(file => (file.Name, XxHash64.Hash(file.Bytes))), Archive.Read(await UnzstdAsync(again)).Select(file => (file.Name, XxHash64.Hash(file.Bytes))));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task Import_OfZstdThatEndsTooEarly_OrIsBroken_FailsAndLeavesNothing(double share)
    {
        Assert.SkipUnless(ZstdLibrary.IsThere, "this system has no libzstd");
        var vm = _pool.MakeVm("cut", _pool.Shared, 4 * MiB);
        _pool.Write(StreamPool.DisksOf(vm)[0], 1, seed: 1);
        var archive = await _pool.DownloadAsync($"export?ref={vm.Ref}&use_compression=zstd");
        var before = _pool.Census();

        var cut = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", archive[..(int)(archive.Length * share)]);
        archive[(int)(archive.Length * share)] ^= 0x55;
        archive[4] = 0xFF;
        var broken = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", archive);

        Assert.Equal(["IMPORT_ERROR_PREMATURE_EOF"], cut["error_info"].AsTexts);
        Assert.Equal("IMPORT_ERROR", broken["error_info"].AsTexts.First());
        Assert.Equal(before, _pool.Census());
    }

    private static async Task<byte[]> UnzstdAsync(byte[] bytes)
    {
        await using var reader = new ZstdDecompressor(new MemoryStream(bytes));
        using var plain = new MemoryStream();
        await reader.CopyToAsync(plain, Token);
        return plain.ToArray();
    }

    /// <summary>Hosts find the end by themselves.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_WithoutALength_SucceedsWhenTheClientCloses(bool isCompressed)
    {
        var (task, real) = (await _pool.NewTaskAsync(), SharedData.Bytes("data", "xva", "two-disks.xva"));
        using var socket = await _pool.SendAsync($"import?sr_id={_pool.Shared.Ref}&task_id={task.Ref}", null, isCompressed ? Archive.Compress(real) : real);
        using var answer = new StreamReader(socket.GetStream());

        socket.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        Assert.Empty(await _pool.EndAsync(task));
        Assert.StartsWith("HTTP/1.1 200 OK", await answer.ReadLineAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfUnknownLength_SucceedsAlthoughTheClientClosesAtOnce()
    {
        var task = await _pool.NewTaskAsync();
        using var socket = await _pool.SendAsync($"import?sr_id={_pool.Shared.Ref}&task_id={task.Ref}", 1L << 50, SharedData.Bytes("data", "xva", "two-disks.xva"));

        socket.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        Assert.Empty(await _pool.EndAsync(task));
        Assert.Equal("success", task.Text("status"));
    }

    [Theory]
    [InlineData(0.0001)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task Import_OfWhatEndsTooEarly_FailsAndLeavesNothing(double share)
    {
        var archive = SharedData.Bytes("data", "xva", "two-disks.xva");
        var before = _pool.Census();
        var task = await _pool.NewTaskAsync();

        var (status, body) = await _pool.PutAsync($"import?sr_id={_pool.Shared.Ref}&task_id={task.Ref}", new ByteArrayContent(archive, 0, (int)(archive.Length * share)));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("HTTP/1.1 500 Internal Error\r\n", body, StringComparison.Ordinal);
        Assert.Equal(["IMPORT_ERROR_PREMATURE_EOF"], await _pool.EndAsync(task));
        Assert.Equal(before, _pool.Census());
    }

    [Fact]
    public async Task Import_WithAWrongSum_FailsUnlessForced()
    {
        var files = Archive.Read(SharedData.Bytes("data", "xva", "two-disks.xva")).ToList();
        files[^1] = (files[^1].Name, "0000000000000000"u8.ToArray());
        var spoilt = Archive.Write(files);
        var before = _pool.Census();

        var refused = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", spoilt);
        var after = _pool.Census();
        var vm = await _pool.ImportAsync(spoilt, "&force=true");

        Assert.Equal(["IMPORT_ERROR_SOME_CHECKSUMS_FAILED"], refused["error_info"].AsTexts);
        Assert.Equal(before, after);
        Assert.Equal("vm-2", vm.Text("name_label"));
    }

    [Fact]
    public async Task Import_OfAnOlderExport_ChecksItsSums()
    {
        var files = Archive.Read(SharedData.Bytes("data", "xva", "two-disks.xva")).ToList();
        for (var index = 2; index < files.Count; index += 2)
            files[index] = (files[index - 1].Name + ".checksum", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(files[index - 1].Bytes))));
        var old = Archive.Write(files);
        files[2] = (files[2].Name, Encoding.ASCII.GetBytes(new string('0', 40)));

        var vm = await _pool.ImportAsync(old);
        var refused = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", Archive.Write(files));

        Assert.Equal("vm-2", vm.Text("name_label"));
        Assert.Equal(["IMPORT_ERROR_SOME_CHECKSUMS_FAILED"], refused["error_info"].AsTexts);
    }

    [Fact]
    public async Task Import_OfFilesInAnotherOrder_NamesWhatItExpectedAndFound()
    {
        var files = Archive.Read(SharedData.Bytes("data", "xva", "two-disks.xva"));

        var swapped = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", Archive.Write(files.Reverse()));
        var lost = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", Archive.Write(files.Where((_, index) => index != 2)));

        Assert.Equal(["IMPORT_ERROR_UNEXPECTED_FILE", "ova.xml", "Ref:5/00008195.xxhash"], swapped["error_info"].AsTexts);
        Assert.Equal(["IMPORT_ERROR_UNEXPECTED_FILE", "Ref:5/00000000.checksum", "Ref:5/00001801"], lost["error_info"].AsTexts);
    }

    [Fact]
    public async Task Restore_KeepsWhoItWas_AndAnotherImportDoesNot()
    {
        var vm = _pool.MakeVm("kept", _pool.Shared, MiB);
        var (uuid, address) = (vm.Uuid, vm.FollowAll("VIFs", "VIF")[0].Text("MAC"));
        var archive = await _pool.DownloadAsync($"export?ref={vm.Ref}");
        var other = await _pool.ImportAsync(archive);
        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
            vbd.Destroy();
        vm.Destroy();

        var restored = await _pool.ImportAsync(archive, "&restore=true");

        Assert.Equal((uuid, address), (restored.Uuid, restored.FollowAll("VIFs", "VIF")[0].Text("MAC")));
        Assert.NotEqual(uuid, other.Uuid);
        Assert.NotEqual(address, other.FollowAll("VIFs", "VIF")[0].Text("MAC"));
    }

    [Fact]
    public async Task Snapshot_OfARunningVm_ComesBackAsATemplateWithItsBytes()
    {
        var running = _pool.Db.Where("VM", "name_label", "lb-01")[0];
        var snapshot = _pool.Db.Get("VM", (await _pool.Rpc.CallAsync("VM.snapshot", Token, running.Ref, "moment", Array.Empty<string>())).GetString()!);

        var copy = await _pool.ImportAsync(await _pool.DownloadAsync($"export?ref={snapshot.Ref}"));

        Assert.Equal((true, false), (copy.Bool("is_a_template"), copy.Bool("is_a_snapshot")));
        var (from, to) = (StreamPool.DisksOf(snapshot)[0], StreamPool.DisksOf(copy)[0]);
        var (one, other) = (_pool.Contents.Of(from), _pool.Contents.Of(to));
        var (ours, theirs) = (new byte[MiB], new byte[MiB]);
        for (var block = 0L; block < from.Int("virtual_size") / MiB; block++)
        {
            Assert.Equal(one.IsZero(block), other.IsZero(block));
            if (one.IsZero(block)) continue;
            one.Read(block, ours);
            other.Read(block, theirs);
            Assert.True(ours.AsSpan().SequenceEqual(theirs));
        }

        Assert.Equal(0, _pool.Contents.Kept);
        Assert.True(one.FilledBlocks > 1);
        Assert.Equal(one.FilledBlocks, other.FilledBlocks);
    }

    [Fact]
    public async Task Export_OnTheWire_IsWhatAHostSends()
    {
        var vm = _pool.MakeVm("plain", _pool.Shared);
        var task = await _pool.NewTaskAsync();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _pool.Pool.HttpUrl.Port, Token);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /export?ref={vm.Ref}&task_id={task.Ref} HTTP/1.1\r\nHost: host\r\nCookie: session_id={_pool.Rpc.Session}\r\n\r\n"), Token);

        using var reader = new StreamReader(socket.GetStream(), Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(Token);

        var head = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        Assert.Equal(
            [
                "HTTP/1.0 200 OK", "Connection: close", "Cache-Control: no-cache, no-store", $"task-id: {task.Ref}", "content-type: application/octet-stream",
                "Content-Disposition: attachment; filename=\"export.xva\"",
            ],
            head);
        Assert.Equal(["ova.xml"], Archive.Read(Encoding.Latin1.GetBytes(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])).Select(file => file.Name));
        Assert.EndsWith(new string('\0', 1024), answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfARunningVm_IsRefused()
    {
        var running = _pool.Db.Where("VM", "name_label", "web-01")[0];
        var task = await _pool.NewTaskAsync();

        using var answer = await _pool.GetAsync($"export?ref={running.Ref}&task_id={task.Ref}");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(["VM_BAD_POWER_STATE", running.Ref, "halted, suspended", "running"], await _pool.EndAsync(task));
    }

    [Fact]
    public async Task Export_WhileItRuns_ShowsAndEndsWithItsTask()
    {
        var vm = _pool.MakeVm("large", _pool.Shared, 4 * MiB);
        _pool.Pool.Misbehave(new(XoBlazor.Simulator.Faults.FaultKind.StreamStall) { Bytes = (int)MiB });
        var task = await _pool.NewTaskAsync();
        using var answer = await _pool.GetAsync($"export?ref={vm.Ref}&task_id={task.Ref}");
        await _pool.UntilAsync(() => StreamPool.DisksOf(vm)[0]["VBDs"].AsSet.Length == 2);
        var during = vm["current_operations"].AsMap[task.Ref]?.AsText;

        await _pool.Rpc.CallAsync("task.cancel", Token, task.Ref);

        Assert.Equal(["TASK_CANCELLED", task.Ref], await _pool.EndAsync(task));
        Assert.Equal(("export", "cancelled"), (during, task.Text("status")));
        Assert.Equal(task.Ref, answer.Headers.GetValues("task-id").Single());
        Assert.Empty(vm["current_operations"].AsMap.Entries);
        Assert.Single(StreamPool.DisksOf(vm)[0]["VBDs"].AsSet);
    }

    [Fact]
    public async Task Import_CancelledWhileNothingComes_LeavesNothing()
    {
        var archive = SharedData.Bytes("data", "xva", "two-disks.xva");
        var before = _pool.Census();
        var task = await _pool.NewTaskAsync();
        var content = new HeldContent(archive, archive.Length / 2);
        var upload = _pool.PutAsync($"import?sr_id={_pool.Shared.Ref}&task_id={task.Ref}", content);
        await _pool.UntilAsync(() => task["other_config"].AsMap["object_creation"] is not null);
        var imported = _pool.Db.Where("VM", "name_label", "vm-2")[0]["current_operations"].AsMap[task.Ref]?.AsText;

        await _pool.Rpc.CallAsync("task.cancel", Token, task.Ref);

        Assert.Equal(["TASK_CANCELLED", task.Ref], await _pool.EndAsync(task));
        Assert.Equal("import", imported);
        Assert.Equal(before, _pool.Census());
        content.Release();
        await Record.ExceptionAsync(() => upload);
    }

    [Fact]
    public async Task Storage_OfAnotherHost_IsServedThere()
    {
        var member = _pool.Pool.Hosts.First(host => !host.IsCoordinator);
        var home = _pool.Db.Where("host", "name_label", member.Name)[0];
        var local = home.FollowAll("PBDs", "PBD").Select(pbd => pbd.Follow("SR", "SR")!).First(sr => sr.Text("name_label") == "Local storage");
        var vm = _pool.MakeVm("far", local, MiB);

        using var export = await _pool.GetAsync($"export?ref={vm.Ref}");
        using var disk = await _pool.GetAsync($"export_raw_vdi?vdi={StreamPool.DisksOf(vm)[0].Uuid}&format=raw");
        var import = await _pool.PutAsync($"import?sr_uuid={local.Uuid}", new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.Found, export.StatusCode);
        Assert.Equal($"https://{member.Address}:{_pool.Pool.HttpsUrl.Port}/export?ref={vm.Ref}", export.Headers.Location!.OriginalString);
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (disk.StatusCode, import.Status));
        using var followed = StreamPool.NewClient();
        followed.DefaultRequestHeaders.Add("Cookie", $"a=b&session_id={Uri.EscapeDataString(_pool.Rpc.Session)}");
        Assert.NotEmpty(Archive.Read(await followed.GetByteArrayAsync(export.Headers.Location, Token)));
    }

    [Fact]
    public async Task Stranger_IsRefused_AndTheTaskSaysSo()
    {
        var vm = _pool.MakeVm("mine", _pool.Shared);
        var task = await _pool.NewTaskAsync();
        using var stranger = StreamPool.NewClient();

        using var refused = await stranger.GetAsync(new Uri(_pool.Pool.HttpUrl, $"export?ref={vm.Ref}&task_id={task.Ref}"), Token);
        var known = await stranger.GetByteArrayAsync(new Uri(_pool.Pool.HttpUrl, $"export?ref={vm.Ref}&session_id={_pool.Rpc.Session}"), Token);
        stranger.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("root:secret"u8));
        var basic = await stranger.GetByteArrayAsync(new Uri(_pool.Pool.HttpUrl, $"export?ref={vm.Ref}"), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(["SESSION_AUTHENTICATION_FAILED"], await _pool.EndAsync(task));
        Assert.Equal(["ova.xml"], Archive.Read(known).Select(file => file.Name));
        Assert.Equal(["ova.xml"], Archive.Read(basic).Select(file => file.Name));
    }

    [Fact]
    public async Task Import_ThatAHostDoesNotTake_IsRefusedBeforeItsBody()
    {
        var (chunked, iso, strange) = (await _pool.NewTaskAsync(), await _pool.NewTaskAsync(), await _pool.NewTaskAsync());
        var library = _pool.Db.Where("SR", "content_type", "iso").First(sr => sr.Bool("shared"));

        var first = await _pool.PutAsync($"import?sr_id={_pool.Shared.Ref}&task_id={chunked.Ref}", new StreamContent(new UnknownLength()));
        var second = await _pool.PutAsync($"import?sr_id={library.Ref}&task_id={iso.Ref}", new ByteArrayContent([]));
        var third = await _pool.PutAsync($"import?sr_id=OpaqueRef:none&task_id={strange.Ref}", new ByteArrayContent([]));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError), (first.Status, second.Status, third.Status));
        Assert.Equal(["IMPORT_ERROR_CANNOT_HANDLE_CHUNKED"], await _pool.EndAsync(chunked));
        Assert.Equal(["SR_OPERATION_NOT_SUPPORTED", library.Ref], await _pool.EndAsync(iso));
        Assert.Equal("pending", strange.Text("status"));
    }

    [Fact]
    public async Task Task_ThatNobodyNamed_IsGoneAtTheEnd()
    {
        var vm = _pool.MakeVm("quiet", _pool.Shared);
        using var answer = await _pool.GetAsync($"export?ref={vm.Ref}");
        await answer.Content.ReadAsByteArrayAsync(Token);

        var task = answer.Headers.GetValues("task-id").Single();

        await _pool.UntilAsync(() => !_pool.Db.Exists("task", task));
    }

    /// <summary>Sends the beginning of something and then nothing until it is told to go on.</summary>
    private sealed class HeldContent(byte[] bytes, int beginning) : HttpContent
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _release.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, beginning), Token);
            await stream.FlushAsync(Token);
            await _release.Task.WaitAsync(Token);
            await stream.WriteAsync(bytes.AsMemory(beginning), Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }

    /// <summary>A stream that cannot say how long it is, so that a client sends it in chunks.</summary>
    private sealed class UnknownLength : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
