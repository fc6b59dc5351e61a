using XoBlazor.Simulator.Calls;

namespace XoBlazor.Simulator.Faults;

/// <summary>
/// The body of a stream that a fault hits: after so many bytes it stands still, ends with the connection, fails, or loses what is written; or it is slow all along. Reads and writes go by until
/// then. For one reader or one writer; waiting ends with the stream's task.
/// </summary>
internal sealed class FaultyStream(Stream inner, Fault fault, TimeProvider time, HttpContext http, CancellationToken end) : Stream
{
    private const int SlicesPerSecond = 20;

    private long _left = fault.Bytes;

    private int Slice => Math.Max(1, fault.Bytes / SlicesPerSecond);

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What comes is less than what could be taken, and that alone is what passes slowly.
        if (fault.Kind == FaultKind.StreamSlow)
        {
            var passed = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, Slice)], cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds((double)passed / Math.Max(1, fault.Bytes)), time, end);
            return passed;
        }

        var read = await inner.ReadAsync(buffer[..await ReadyAsync(buffer.Length)], cancellationToken);
        _left -= read;
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0 && !(fault.Kind == FaultKind.StreamShort && _left <= 0))
        {
            var slice = buffer[..await ReadyAsync(buffer.Length)];
            await inner.WriteAsync(slice, cancellationToken);
            _left -= slice.Length;
            buffer = buffer[slice.Length..];
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <summary>Decompressors flush at their end; the body is flushed by the server.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Waits or fails when it is time to, and tells how many bytes may pass now.</summary>
    private async ValueTask<int> ReadyAsync(int wanted)
    {
        if (fault.Kind == FaultKind.StreamSlow)
        {
            await Task.Delay(TimeSpan.FromSeconds((double)Math.Min(wanted, Slice) / Math.Max(1, fault.Bytes)), time, end);
            return Math.Min(wanted, Slice);
        }

        if (_left <= 0) await EndAsync();
        return (int)Math.Min(wanted, _left);
    }

    private async Task EndAsync()
    {
        switch (fault.Kind)
        {
            case FaultKind.StreamStall:
                await Task.Delay(fault.Seconds > 0 ? TimeSpan.FromSeconds(fault.Seconds) : Timeout.InfiniteTimeSpan, time, end);
                _left = long.MaxValue;
                break;
            case FaultKind.StreamCut:
                http.Abort();
                throw new IOException("the connection is cut on purpose");
            default:
                throw Failure();
        }
    }

    /// <summary>What a host says when its storage fails in the middle.</summary>
    public static XapiException Failure() => new("VDI_IO_ERROR", "Device I/O errors");
}
