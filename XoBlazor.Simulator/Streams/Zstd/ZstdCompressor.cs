namespace XoBlazor.Simulator.Streams.Zstd;

/// <summary>Compresses what is written to it, as one frame. Only <see cref="EndAsync"/> makes it whole; what is disposed of before ends in the middle. For one writer at a time.</summary>
internal sealed class ZstdCompressor(Stream output) : OneWayStream
{
    private const int Piece = 128 * 1024;

    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(Piece, pinned: true);
    private readonly byte[] _output = GC.AllocateUninitializedArray<byte>(Piece, pinned: true);
    private nint _context = ZstdLibrary.CreateCompression();

    public override bool CanWrite => true;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var length = Math.Min(buffer.Length, Piece);
            buffer[..length].CopyTo(_input);
            buffer = buffer[length..];
            await PassAsync(length, ZstdLibrary.Continue, cancellationToken);
        }
    }

    public Task EndAsync(CancellationToken cancellation) => PassAsync(0, ZstdLibrary.End, cancellation);

    protected override void Dispose(bool disposing)
    {
        if (_context != 0) _ = ZstdLibrary.FreeCompression(_context);
        _context = 0;
        base.Dispose(disposing);
    }

    private async Task PassAsync(int length, int end, CancellationToken cancellation)
    {
        var input = new ZstdBuffer(_input, length);
        while (true)
        {
            var (written, isDone) = Step(ref input, end);
            await output.WriteAsync(_output.AsMemory(0, written), cancellation);
            if (isDone) return;
        }
    }

    private (int Written, bool IsDone) Step(ref ZstdBuffer input, int end)
    {
        var result = new ZstdBuffer(_output, Piece);
        var left = ZstdLibrary.Compress(_context, ref result, ref input, end);
        if (ZstdLibrary.IsError(left) != 0) throw new InvalidOperationException("the zstd library does not compress");
        return ((int)result.Position, end == ZstdLibrary.End ? left == 0 : input.Position == input.Size);
    }
}
