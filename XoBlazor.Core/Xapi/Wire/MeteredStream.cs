namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Refuses to hand out more than so many bytes for one piece, so that a reader above it cannot be made to gather without end.</summary>
internal sealed class MeteredStream(Stream source, int maxPieceBytes) : Stream
{
    private int _sincePiece;

    public CancellationToken Cancellation { get; set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void NextPiece() => _sincePiece = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, Cancellation);
        _sincePiece += read;
        return _sincePiece <= maxPieceBytes ? read : throw new InvalidDataException($"the host sent a single value of more than {maxPieceBytes} bytes");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read asynchronously");
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }
}
