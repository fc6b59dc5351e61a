using System.IO.Pipelines;

namespace XoBlazor.Tests.Consoles.Support;

/// <summary>One end of a line within this process; what one end writes the other reads, with little room between. Disposing an end ends both directions.</summary>
internal sealed class StreamPair : Stream
{
    private readonly PipeReader _from;
    private readonly PipeWriter _to;
    private readonly Stream _reading;
    private readonly Stream _writing;

    private StreamPair(PipeReader from, PipeWriter to) => (_from, _to, _reading, _writing) = (from, to, from.AsStream(), to.AsStream());

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static (Stream One, Stream Other) Make()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (new StreamPair(there.Reader, back.Writer), new StreamPair(back.Reader, there.Writer));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reading.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _reading.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _writing.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _writing.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _writing.FlushAsync(cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // Whoever waits for room does not get any.
        _to.CancelPendingFlush();
        _to.Complete();
        _from.CancelPendingRead();
        _from.Complete();
        base.Dispose(disposing);
    }
}
