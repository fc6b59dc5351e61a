using System.Net;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Streams;

/// <summary>Streams take no memory for what passes. Alone, because all that this process allocates is counted.</summary>
[Collection(nameof(Alone))]
public sealed class StreamMemoryTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public async Task CopyOfALargeSparseDisk_ThroughAClient_AllocatesAFractionOfIt()
    {
        await using var pool = await StreamPool.StartAsync(new() { DiskContent = 512 * MiB });
        var made = pool.Db.Where("VM", "name_label", "legacy-crm")[0];
        var size = StreamPool.DisksOf(made)[0].Int("virtual_size");
        var length = await LengthAsync(pool, made);
        var (before, heap) = (GC.GetTotalAllocatedBytes(precise: true), Alone.HeapMiB);
        var task = await pool.NewTaskAsync();

        using var export = await pool.GetAsync($"export?ref={made.Ref}");
        using var content = new StreamContent(await export.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), 1 << 16);
        content.Headers.ContentLength = length;
        var (status, _) = await pool.PutAsync($"import?sr_id={pool.Shared.Ref}&task_id={task.Ref}", content);

        Assert.Equal((HttpStatusCode.OK, ""), (status, string.Join(' ', await pool.EndAsync(task))));
        Assert.InRange(length, 512 * MiB, size);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 96 * MiB);
        Assert.InRange(Alone.HeapMiB - heap, -1000, 24);
        Assert.Equal(0, pool.Contents.Kept);
    }

    /// <summary>How long an export is, found out by reading it.</summary>
    private static async Task<long> LengthAsync(StreamPool pool, DbObject vm)
    {
        using var export = await pool.GetAsync($"export?ref={vm.Ref}");
        await using var body = await export.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[1 << 16];
        var length = 0L;
        while (await body.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
            length += read;
        return length;
    }
}
