using System.Net;
using System.Net.Sockets;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Tests.Simulator.Streams;

/// <summary>Contents of single disks out of a simulated pool and into it.</summary>
public sealed class DiskStreamTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;

    private StreamPool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _pool = await StreamPool.StartAsync(new() { DiskMemory = 4 * MiB });

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData("raw", 3 * MiB)]
    [InlineData("raw", (2 * MiB) + 700)]
    [InlineData("vhd", 10 * MiB)]
    [InlineData("VHD", (5 * MiB) + 512)]
    public async Task Disk_WrittenAndReadAgain_HasTheSameBytes(string format, int size)
    {
        var (one, other) = (Disk(size), Disk(size));
        _pool.Write(one, 1, seed: 1);
        _pool.Write(one, size / MiB, seed: 2);
        _pool.Write(other, 0, seed: 3);

        var image = await _pool.DownloadAsync($"export_raw_vdi?vdi={one.Ref}&format={format}");
        var task = await _pool.UploadAsync($"import_raw_vdi?vdi={other.Uuid}&format={format}", image);

        Assert.Equal(("success", $"<value>{other.Ref}</value>"), (task.Text("status"), task.Text("result")));
        Assert.True(_pool.Bytes(one).AsSpan().SequenceEqual(_pool.Bytes(other)));
        Assert.True(format != "raw" || image.AsSpan().SequenceEqual(_pool.Bytes(one)));
        Assert.Empty(other["VBDs"].AsSet);
    }

    [Fact]
    public async Task Vhd_OfASparseDisk_IsAsSmallAsWhatItHolds()
    {
        var vdi = Disk(8L << 30);
        _pool.Write(vdi, 4095, seed: 1);

        using var answer = await _pool.GetAsync($"export_raw_vdi?vdi={vdi.Ref}&format=vhd");
        var image = await answer.Content.ReadAsByteArrayAsync(Token);

        // Footer, header, a table of 4096 blocks, one block with the map of its sectors, footer again; as a real host writes the first bytes of 8 GiB.
        Assert.Equal(512 + 1024 + (4096 * 4) + 512 + (2 * MiB) + 512, image.Length);
        Assert.Equal("636F6E6563746978000000020001000000000000000002000000000063616D6C0000000100000000000000020000000000000002000000004104103F00000003", Convert.ToHexString(image, 0, 64));
        Assert.Equal("application/vhd", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"{vdi.Uuid}.vhd", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    [Fact]
    public async Task Import_OfLessThanTheDisk_LeavesTheRest()
    {
        var vdi = Disk(2 * MiB);
        _pool.Write(vdi, 0, seed: 1);
        _pool.Write(vdi, 1, seed: 2);
        var before = _pool.Bytes(vdi);

        await _pool.UploadAsync($"import_raw_vdi?vdi={vdi.Ref}&format=raw", [1, 2, 3]);

        Assert.True(_pool.Bytes(vdi).AsSpan().SequenceEqual((byte[])[1, 2, 3, .. before[3..]]));
    }

    [Fact]
    public async Task Import_OfUnknownLength_KeepsWhatCameBeforeTheCut()
    {
        var vdi = Disk(MiB);
        var task = await _pool.NewTaskAsync();
        var bytes = new byte[MiB];
        new Random(7).NextBytes(bytes);
        using var socket = await _pool.SendAsync($"import_raw_vdi?vdi={vdi.Ref}&format=raw&task_id={task.Ref}", 1L << 50, bytes);

        // 200 is said before anything was read, and the task goes on.
        using var answer = new StreamReader(socket.GetStream());
        Assert.StartsWith("HTTP/1.1 200 OK", await answer.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.Equal("pending", task.Text("status"));
        socket.Client.Shutdown(SocketShutdown.Send);

        Assert.Equal(["VDI_IO_ERROR", "Device I/O errors"], await _pool.EndAsync(task));
        Assert.True(_pool.Bytes(vdi).AsSpan().SequenceEqual(bytes));
    }

    [Fact]
    public async Task Import_OfMoreThanTheDisk_IsRefused()
    {
        var vdi = Disk(MiB);
        var (large, small) = (await _pool.DownloadAsync($"export_raw_vdi?vdi={Disk(8 * MiB).Ref}&format=vhd"), new byte[MiB + 1]);

        var vhd = await _pool.UploadAsync($"import_raw_vdi?vdi={vdi.Ref}&format=vhd", large);
        var raw = await _pool.UploadAsync($"import_raw_vdi?vdi={vdi.Ref}", small);

        Assert.Equal(["VDI_TOO_SMALL", vdi.Ref, $"{8 * MiB}"], vhd["error_info"].AsTexts);
        Assert.Equal(["VDI_TOO_SMALL", vdi.Ref, $"{MiB + 1}"], raw["error_info"].AsTexts);
    }

    [Fact]
    public async Task Import_BeyondThePoolsMemory_FailsAsOnAFullStorage()
    {
        var vdi = Disk(8 * MiB);
        var bytes = new byte[8 * MiB];
        new Random(1).NextBytes(bytes);

        var task = await _pool.UploadAsync($"import_raw_vdi?vdi={vdi.Ref}", bytes);
        var kept = _pool.Contents.Kept;
        vdi.Destroy();

        Assert.Equal(["VDI_IO_ERROR", "Device I/O errors"], task["error_info"].AsTexts);
        Assert.Equal((4 * MiB, 0), (kept, _pool.Contents.Kept));
    }

    [Fact]
    public async Task Import_OfWhatThePoolMadeItself_TakesNoMemory()
    {
        var made = Made();
        var copy = Disk(made.Int("virtual_size"));

        var task = await _pool.UploadAsync($"import_raw_vdi?vdi={copy.Ref}&format=vhd", await _pool.DownloadAsync($"export_raw_vdi?vdi={made.Ref}&format=vhd"));

        Assert.Equal("success", task.Text("status"));
        Assert.Equal(16, _pool.Contents.Of(made).FilledBlocks);
        Assert.Equal(16, _pool.Contents.Of(copy).FilledBlocks);
        Assert.Equal(0, _pool.Contents.Kept);
    }

    [Fact]
    public async Task Import_WithoutADisk_MakesOne()
    {
        var task = await _pool.UploadAsync($"import_raw_vdi?sr_id={_pool.Shared.Ref}", "an image"u8.ToArray());

        var vdi = _pool.Db.Where("VDI", "name_label", "Imported VDI").Single();
        Assert.Equal(($"<value>{vdi.Ref}</value>", 2L * MiB), (task.Text("result"), vdi.Int("virtual_size")));
        Assert.True(_pool.Bytes(vdi).AsSpan().StartsWith("an image"u8));
    }

    [Fact]
    public async Task Disk_OfARunningVm_IsInUse()
    {
        var vdi = StreamPool.DisksOf(_pool.Db.Where("VM", "name_label", "web-01")[0])[0];
        var task = await _pool.NewTaskAsync();

        using var export = await _pool.GetAsync($"export_raw_vdi?vdi={vdi.Ref}&task_id={task.Ref}");
        var import = await _pool.UploadAsync($"import_raw_vdi?vdi={vdi.Ref}", [1]);

        Assert.Equal(HttpStatusCode.InternalServerError, export.StatusCode);
        Assert.Equal(["VDI_IN_USE", vdi.Ref, "attach"], await _pool.EndAsync(task));
        Assert.Equal(["VDI_IN_USE", vdi.Ref, "attach"], import["error_info"].AsTexts);
    }

    [Theory]
    [InlineData("format=qcow2", "Unknown format qcow2")]
    [InlineData("format=vhd&chunked=1", "Failure(\"Cannot handle chunked\")")]
    public async Task Import_InAWayThatThisAgeDoesNotKnow_IsNotFound(string how, string why)
    {
        var task = await _pool.NewTaskAsync();

        var (status, _) = await _pool.PutAsync($"import_raw_vdi?vdi={Disk(MiB).Ref}&{how}&task_id={task.Ref}", new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(["INTERNAL_ERROR", why], await _pool.EndAsync(task));
    }

    [Fact]
    public async Task Vhd_ThatIsDamaged_FailsItsTask()
    {
        var image = await _pool.DownloadAsync($"export_raw_vdi?vdi={Made().Ref}&format=vhd");
        image[600] ^= 1;

        var damaged = await _pool.UploadAsync($"import_raw_vdi?vdi={Disk(200L << 30).Ref}&format=vhd", image);
        var rubbish = await _pool.UploadAsync($"import_raw_vdi?vdi={Disk(MiB).Ref}&format=vhd", new byte[600]);

        Assert.Equal(("failure", "failure"), (damaged.Text("status"), rubbish.Text("status")));
    }

    [Fact]
    public async Task Snapshot_KeepsItsBytes_WhenTheDiskIsWritten()
    {
        var vdi = Disk(MiB);
        _pool.Write(vdi, 0, seed: 1);
        var before = _pool.Bytes(vdi);
        var snapshot = _pool.Db.Get("VDI", (await _pool.Rpc.CallAsync("VDI.snapshot", Token, vdi.Ref)).GetString()!);

        await _pool.UploadAsync($"import_raw_vdi?vdi={vdi.Ref}", [9, 9, 9]);

        Assert.True(_pool.Bytes(snapshot).AsSpan().SequenceEqual(before));
        Assert.False(_pool.Bytes(vdi).AsSpan().SequenceEqual(before));
    }

    /// <summary>A disk that came with the pool and that nobody uses.</summary>
    private DbObject Made() => _pool.Db.Where("VDI", "SR", _pool.Shared.Ref).First(vdi =>
        vdi.Bool("managed") && vdi.Int("virtual_size") > 8L << 30 && vdi.FollowAll("VBDs", "VBD").All(vbd => !vbd.Bool("currently_attached")));

    private DbObject Disk(long size) => Disks.Introduce(_pool.Db, _pool.Shared, [("name_label", "a disk"), ("virtual_size", size), ("type", "user")]);
}
