using System.Buffers.Binary;
using System.Net;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Tests.Simulator.Streams;

/// <summary>Disks as qcow2, as hosts give and take them since 2025.</summary>
public sealed class Qcow2StreamTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;
    private const int Cluster = 1 << 16;

    private StreamPool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _pool = await StreamPool.StartAsync(asVersion: "26.1.0");

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData(10 * MiB)]
    [InlineData((5 * MiB) + 512)]
    [InlineData(700)]
    public async Task Disk_WrittenAndReadAgain_HasTheSameBytes(int size)
    {
        var (one, other) = (Disk(size), Disk(size));
        _pool.Write(one, 0, seed: 1);
        _pool.Write(one, (size - 1) / MiB, seed: 2);
        _pool.Write(other, size / 2 / MiB, seed: 3);

        var image = await _pool.DownloadAsync($"export_raw_vdi?vdi={one.Ref}&format=qcow2");
        var task = await _pool.UploadAsync($"import_raw_vdi?vdi={other.Uuid}&format=QCOW2", image);

        Assert.Equal(("success", $"<value>{other.Ref}</value>"), (task.Text("status"), task.Text("result")));
        Assert.True(_pool.Bytes(one).AsSpan().SequenceEqual(_pool.Bytes(other)));
    }

    [Fact]
    public async Task Image_OfASparseDisk_IsAsSmallAsWhatItHolds()
    {
        var vdi = Disk(8L << 30);
        _pool.Write(vdi, 4095, seed: 1);

        using var answer = await _pool.GetAsync($"export_raw_vdi?vdi={vdi.Ref}&format=qcow2");
        var image = await answer.Content.ReadAsByteArrayAsync(Token);

        // Header, first table, table of the counts, counts, the second table of the eighth half gibibyte, one block.
        Assert.Equal((5 * Cluster) + MiB, image.Length);
        Assert.Equal("514649FB00000003" + "0000000000000000" + "00000000" + "00000010" + "0000000200000000" + "00000000" + "00000010" + "0000000000010000" + "0000000000020000" + "00000001", Convert.ToHexString(image, 0, 60));
        Assert.Equal((0x8000000000040000, 0x8000000000050000), (BinaryPrimitives.ReadUInt64BigEndian(image.AsSpan(Cluster + (7 * 8))), BinaryPrimitives.ReadUInt64BigEndian(image.AsSpan((4 * Cluster) + (511 * 16 * 8)))));
        Assert.Equal(21, Enumerable.Range(0, Cluster / 2).Count(cluster => BinaryPrimitives.ReadUInt16BigEndian(image.AsSpan((3 * Cluster) + (cluster * 2))) == 1));
        Assert.Equal(("application/x-qemu-disk", $"{vdi.Uuid}.qcow2"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
    }

    /// <summary>As programs leave an image that write it as it grows: small clusters, what is data before the tables that tell its place.</summary>
    [Fact]
    public async Task Image_WithItsTablesBehind_IsTaken()
    {
        var (vdi, bytes) = (Disk(MiB), new byte[512]);
        new Random(1).NextBytes(bytes);
        // Data at 512, the second table at 1024, the first, of 32 entries, at 1536.
        var image = Image(bits: 9, size: MiB, tableSize: 32, tableAt: 1536, length: 2048);
        bytes.CopyTo(image, 512);
        BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(1024 + (3 * 8)), 512);
        BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(1536 + (2 * 8)), 1024);

        var task = await _pool.UploadAsync($"import_raw_vdi?vdi={vdi.Ref}&format=qcow2", image);

        Assert.Equal("success", task.Text("status"));
        // The third table of 64 clusters, its fourth.
        var at = ((2 * 64) + 3) * 512;
        Assert.Equal(bytes, _pool.Bytes(vdi).AsSpan(at, 512).ToArray());
        Assert.False(_pool.Bytes(vdi).AsSpan(0, at).ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData("backing file", 8, 1)]
    [InlineData("encrypted", 35, 1)]
    [InlineData("data in another file", 79, 4)]
    [InlineData("compressed", 0x40000, 0x40)]
    [InlineData("another magic", 0, 0)]
    [InlineData("clusters of nothing", 23, 1)]
    [InlineData("a table of another size", 39, 9)]
    public async Task Image_ThatIsDamagedOrRefersElsewhere_FailsItsTask(string what, int at, byte value)
    {
        var vdi = Disk(MiB);
        _pool.Write(vdi, 0, seed: 1);
        var image = await _pool.DownloadAsync($"export_raw_vdi?vdi={vdi.Ref}&format=qcow2");
        image[at] = value;

        var task = await _pool.UploadAsync($"import_raw_vdi?vdi={Disk(MiB).Ref}&format=qcow2", image);

        Assert.True(task.Text("status") == "failure", what);
    }

    [Fact]
    public async Task Image_CutShortOrTooLarge_FailsItsTask()
    {
        var vdi = Disk(4 * MiB);
        _pool.Write(vdi, 3, seed: 1);
        var image = await _pool.DownloadAsync($"export_raw_vdi?vdi={vdi.Ref}&format=qcow2");
        var small = Disk(MiB);

        var cut = await _pool.UploadAsync($"import_raw_vdi?vdi={Disk(4 * MiB).Ref}&format=qcow2", image[..^Cluster]);
        var large = await _pool.UploadAsync($"import_raw_vdi?vdi={small.Ref}&format=qcow2", image);

        Assert.Equal(["VDI_IO_ERROR", "Device I/O errors"], cut["error_info"].AsTexts);
        Assert.Equal(["VDI_TOO_SMALL", small.Ref, $"{4 * MiB}"], large["error_info"].AsTexts);
    }

    [Fact]
    public async Task Hosts_FromBeforeIt_DoNotKnowTheFormat()
    {
        await using var old = await StreamPool.StartAsync(asVersion: "25.5.0");
        var vdi = Disks.Introduce(old.Db, old.Shared, [("name_label", "a disk"), ("virtual_size", (long)MiB), ("type", "user")]);

        using var answer = await old.GetAsync($"export_raw_vdi?vdi={vdi.Ref}&format=qcow2");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static byte[] Image(int bits, long size, int tableSize, long tableAt, int length)
    {
        var image = new byte[length];
        Convert.FromHexString("514649FB00000003").CopyTo(image, 0);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(20), bits);
        BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(24), size);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(36), tableSize);
        BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(40), tableAt);
        return image;
    }

    private DbObject Disk(long size) => Disks.Introduce(_pool.Db, _pool.Shared, [("name_label", "a disk"), ("virtual_size", size), ("type", "user")]);
}
