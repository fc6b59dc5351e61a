using System.Net;
using System.Net.Http.Json;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Streams;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Streams;

/// <summary>Every misbehaviour of streams that can be asked for, as a client meets it.</summary>
public sealed class StreamFaultTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;

    private StreamPool _pool = null!;
    private DbObject _vm = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _pool = await StreamPool.StartAsync();
        _vm = _pool.MakeVm("victim", _pool.Shared, 6 * MiB);
        for (var block = 0; block < 6; block++)
            _pool.Write(StreamPool.DisksOf(_vm)[0], block, block);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Stall_OfAnExport_SendsSoMuchAndEndsWithItsTask()
    {
        _pool.Pool.Misbehave(new(FaultKind.StreamStall) { Bytes = 3 * MiB, Times = 1 });
        var task = await _pool.NewTaskAsync();
        using var answer = await _pool.GetAsync($"export?ref={_vm.Ref}&task_id={task.Ref}");
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        await body.ReadExactlyAsync(new byte[3 * MiB], Token);

        await _pool.Rpc.CallAsync("task.cancel", Token, task.Ref);

        // Whether it ends in order or is cut depends on how far the last bytes were on their way.
        var cut = await Record.ExceptionAsync(async () => Assert.Equal(0, await body.ReadAsync(new byte[1], Token)));
        Assert.True(cut is null or IOException, $"{cut}");
        Assert.Equal(["TASK_CANCELLED", task.Ref], await _pool.EndAsync(task));
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    public async Task Stall_OfAnExport_ForAWhile_EndsWhole(string compression)
    {
        _pool.Pool.Misbehave(new(FaultKind.StreamStall) { Bytes = MiB, Seconds = 0.05 });

        var archive = await _pool.DownloadAsync($"export?ref={_vm.Ref}&use_compression={compression}");

        Assert.Equal(13, Archive.Read(compression.Length > 0 ? Archive.Decompress(archive) : archive).Count);
    }

    [Fact]
    public async Task Stall_OfACompressedExport_EndsWithItsTask()
    {
        _pool.Pool.Misbehave(new(FaultKind.StreamStall) { Bytes = 1000, Times = 1 });
        var task = await _pool.NewTaskAsync();
        using var answer = await _pool.GetAsync($"export?ref={_vm.Ref}&use_compression=true&task_id={task.Ref}");

        await _pool.Rpc.CallAsync("task.cancel", Token, task.Ref);

        Assert.Equal(["TASK_CANCELLED", task.Ref], await _pool.EndAsync(task));
    }

    [Fact]
    public async Task Stall_OfAnImport_TakesSoMuchAndEndsWithItsTask()
    {
        var archive = await _pool.DownloadAsync($"export?ref={_vm.Ref}");
        var before = _pool.Census();
        _pool.Pool.Misbehave(new(FaultKind.StreamStall) { Bytes = 2 * MiB, Method = "PUT /import" });
        var task = await _pool.NewTaskAsync();
        using var socket = await _pool.SendAsync($"import/?sr_id={_pool.Shared.Ref}&task_id={task.Ref}", archive.Length, archive[..(2 * MiB)]);
        await _pool.UntilAsync(() => task["other_config"].AsMap["object_creation"] is not null);

        await _pool.Rpc.CallAsync("task.cancel", Token, task.Ref);

        Assert.Equal(["TASK_CANCELLED", task.Ref], await _pool.EndAsync(task));
        Assert.Equal(before, _pool.Census());
    }

    [Fact]
    public async Task Cut_OfADownload_LosesTheConnectionAndFailsTheTask()
    {
        _pool.Pool.Misbehave(new(FaultKind.StreamCut) { Bytes = 2 * MiB, Times = 2 });
        var (export, disk) = (await _pool.NewTaskAsync(), await _pool.NewTaskAsync());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _pool.DownloadAsync($"export?ref={_vm.Ref}&task_id={export.Ref}"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _pool.DownloadAsync($"export_raw_vdi?vdi={StreamPool.DisksOf(_vm)[0].Ref}&task_id={disk.Ref}"));

        Assert.Equal("INTERNAL_ERROR", (await _pool.EndAsync(export))[0]);
        Assert.Equal("INTERNAL_ERROR", (await _pool.EndAsync(disk))[0]);
        Assert.Empty(_vm["current_operations"].AsMap.Entries);
    }

    [Fact]
    public async Task Cut_OfAnImport_LeavesNothing()
    {
        var archive = await _pool.DownloadAsync($"export?ref={_vm.Ref}");
        var before = _pool.Census();
        _pool.Pool.Misbehave(new(FaultKind.StreamCut) { Bytes = 2 * MiB });
        var task = await _pool.NewTaskAsync();

        await Record.ExceptionAsync(() => _pool.PutAsync($"import?sr_id={_pool.Shared.Ref}&task_id={task.Ref}", new ByteArrayContent(archive)));

        Assert.Equal(["IMPORT_ERROR_PREMATURE_EOF"], await _pool.EndAsync(task));
        Assert.Equal(before, _pool.Census());
    }

    [Fact]
    public async Task Failure_AfterStatus200_IsToldByTheTaskOnly()
    {
        var archive = await _pool.DownloadAsync($"export?ref={_vm.Ref}");
        var before = _pool.Census();
        _pool.Pool.Misbehave(new(FaultKind.StreamFailure) { Bytes = 2 * MiB });
        var task = await _pool.NewTaskAsync();

        var downloaded = await _pool.DownloadAsync($"export?ref={_vm.Ref}&task_id={task.Ref}");
        var import = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", archive);

        Assert.Equal(2 * MiB, downloaded.Length);
        Assert.Equal(["VDI_IO_ERROR", "Device I/O errors"], await _pool.EndAsync(task));
        Assert.Equal(["VDI_IO_ERROR", "Device I/O errors"], import["error_info"].AsTexts);
        Assert.Equal(before, _pool.Census());
    }

    [Fact]
    public async Task Failure_AtTheEnd_ComesWhenAllHasPassed()
    {
        var archive = await _pool.DownloadAsync($"export?ref={_vm.Ref}");
        var before = _pool.Census();
        _pool.Pool.Misbehave(new(FaultKind.StreamFailure) { Bytes = int.MaxValue });
        var (export, import) = (await _pool.NewTaskAsync(), await _pool.NewTaskAsync());

        var downloaded = await _pool.DownloadAsync($"export?ref={_vm.Ref}&task_id={export.Ref}");
        var (status, body) = await _pool.PutAsync($"import?sr_id={_pool.Shared.Ref}&task_id={import.Ref}", new ByteArrayContent(archive));

        Assert.Equal((archive.Length, HttpStatusCode.OK), (downloaded.Length, status));
        Assert.Contains("VDI_IO_ERROR: [ Device I/O errors ]", body, StringComparison.Ordinal);
        Assert.Equal(["VDI_IO_ERROR", "Device I/O errors"], await _pool.EndAsync(export));
        Assert.Equal(["VDI_IO_ERROR", "Device I/O errors"], await _pool.EndAsync(import));
        Assert.Equal(before, _pool.Census());
    }

    [Fact]
    public async Task Slow_Stream_TakesItsTime()
    {
        _pool.Pool.Misbehave(new(FaultKind.StreamSlow) { Bytes = 16 * MiB });
        var start = TimeProvider.System.GetTimestamp();

        var bytes = await _pool.DownloadAsync($"export_raw_vdi?vdi={StreamPool.DisksOf(_vm)[0].Ref}");

        Assert.Equal(6 * MiB, bytes.Length);
        // 6 MiB of 16 a second; a clock may tick a little early.
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(0.3));
    }

    [Fact]
    public async Task Checksum_OfOneBlock_IsWrong()
    {
        _pool.Pool.Misbehave(new(FaultKind.StreamChecksum) { Bytes = 3 * MiB, Times = 1 });

        var archive = await _pool.DownloadAsync($"export?ref={_vm.Ref}");

        var wrong = Archive.Read(archive).Skip(1).Chunk(2).Where(pair => XxHash64.Hash(pair[0].Bytes).ToString("X16") != System.Text.Encoding.ASCII.GetString(pair[1].Bytes));
        Assert.EndsWith("/00000003", Assert.Single(wrong)[0].Name, StringComparison.Ordinal);
        var task = await _pool.UploadAsync($"import?sr_id={_pool.Shared.Ref}", archive);
        Assert.Equal(["IMPORT_ERROR_SOME_CHECKSUMS_FAILED"], task["error_info"].AsTexts);
    }

    [Fact]
    public async Task Redirect_ToAnotherMember_IsServedThereUnderTheSameTask()
    {
        using var client = StreamPool.NewClient();
        var asked = await client.PostAsJsonAsync(new Uri(_pool.Pool.HttpUrl, "simulator/faults"), new { fault = "stream-redirect", method = "GET /export", times = 1 }, Token);
        var task = await _pool.NewTaskAsync();

        using var answer = await _pool.GetAsync($"export?ref={_vm.Ref}&task_id={task.Ref}");
        var before = task.Text("status");
        client.DefaultRequestHeaders.Add("Cookie", $"session_id={_pool.Rpc.Session}");
        var archive = await client.GetByteArrayAsync(answer.Headers.Location, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found, "pending"), (asked.StatusCode, answer.StatusCode, before));
        Assert.Contains(answer.Headers.Location!.Host, _pool.Pool.Hosts.Where(host => !host.IsCoordinator).Select(host => host.Address));
        Assert.Equal(13, Archive.Read(archive).Count);
        Assert.Empty(await _pool.EndAsync(task));
    }

    [Fact]
    public async Task Client_ThatGoesAway_EndsTheStream()
    {
        _pool.Pool.Misbehave(new(FaultKind.StreamStall) { Bytes = MiB });
        var task = await _pool.NewTaskAsync();
        using (await _pool.GetAsync($"export?ref={_vm.Ref}&task_id={task.Ref}"))
        {
        }

        Assert.Equal("INTERNAL_ERROR", (await _pool.EndAsync(task))[0]);
        Assert.Empty(_vm["current_operations"].AsMap.Entries);
        Assert.Single(StreamPool.DisksOf(_vm)[0]["VBDs"].AsSet);
    }
}
