using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Streams;

/// <summary>A disk's bytes as they are, one after the other.</summary>
internal static class RawImage
{
    public static async Task WriteAsync(DiskContent content, long size, Stream output, Action<double> progress, CancellationToken cancellation)
    {
        var buffer = new byte[DiskBlock.Size];
        for (var start = 0L; start < size; start += DiskBlock.Size)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(DiskBlock.Size, size - start));
            content.Read(start / DiskBlock.Size, part.Span);
            await output.WriteAsync(part, cancellation);
            progress((double)start / size);
        }
    }

    /// <summary>Writes as many bytes from the beginning of the disk; what lies behind them stays.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before; what came is written.</exception>
    /// <exception cref="XapiException">VDI_IO_ERROR: more came than the disk or the pool's memory holds.</exception>
    public static async Task ReadAsync(Stream input, long length, DbObject vdi, DiskStore store, Action<double> progress, CancellationToken cancellation)
    {
        var size = vdi.Int("virtual_size");
        var (buffer, scratch) = (new byte[DiskBlock.Size], new byte[DiskBlock.Size]);
        for (var start = 0L; start < length; start += DiskBlock.Size)
        {
            var wanted = (int)Math.Min(DiskBlock.Size, length - start);
            var (came, failure) = await FillAsync(input, buffer.AsMemory(0, wanted), cancellation);
            if (start + came > size) throw new XapiException("VDI_IO_ERROR", "Device I/O errors");
            if (came > 0) Write(vdi, store, start / DiskBlock.Size, buffer, came, (int)Math.Min(DiskBlock.Size, size - start), scratch);
            if (came < wanted) throw failure ?? new EndOfStreamException();
            progress((double)start / length);
        }
    }

    private static void Write(DbObject vdi, DiskStore store, long block, byte[] buffer, int came, int length, byte[] scratch)
    {
        if (came < length)
        {
            store.Of(vdi).Read(block, scratch.AsSpan(0, length));
            scratch.AsSpan(came, length - came).CopyTo(buffer.AsSpan(came));
        }

        store.Write(vdi, block, buffer.AsSpan(0, length), scratch);
    }

    /// <summary>As many bytes as came, and what ended the stream when it was cut.</summary>
    private static async Task<(int Came, IOException? Failure)> FillAsync(Stream input, Memory<byte> buffer, CancellationToken cancellation)
    {
        var came = 0;
        try
        {
            while (came < buffer.Length && await input.ReadAsync(buffer[came..], cancellation) is > 0 and var more)
                came += more;
            return (came, null);
        }
        catch (IOException cut)
        {
            return (came, cut);
        }
    }
}
