namespace XoBlazor.Simulator.Streams.Zstd;

/// <summary>
/// Gives what was compressed with zstd. A frame that ends too early is an <see cref="EndOfStreamException"/>, one that is broken an <see cref="InvalidDataException"/>.
/// For one reader at a time.
/// </summary>
internal sealed class ZstdDecompressor(Stream source) : OneWayStream
{
    private const int Piece = 128 * 1024;

    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(Piece, pinned: true);
    private readonly byte[] _output = GC.AllocateUninitializedArray<byte>(Piece, pinned: true);
    private nint _context = ZstdLibrary.CreateDecompression();
    private ZstdBuffer _read;
    private int _at;
    private int _end;
    private bool _hasMore;
    private bool _isWhole;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _end)
        {
            if (_read.Position == _read.Size && !_hasMore)
            {
                var came = await source.ReadAsync(_input, cancellationToken);
                if (came == 0) return _isWhole ? 0 : throw new EndOfStreamException();
                _read = new(_input, came);
            }

            Step();
        }

        var length = Math.Min(buffer.Length, _end - _at);
        _output.AsMemory(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (_context != 0) _ = ZstdLibrary.FreeDecompression(_context);
        _context = 0;
        base.Dispose(disposing);
    }

    private void Step()
    {
        var result = new ZstdBuffer(_output, Piece);
        var left = ZstdLibrary.Decompress(_context, ref result, ref _read);
        if (ZstdLibrary.IsError(left) != 0) throw new InvalidDataException("what was compressed is broken");
        // What did not fit waits inside.
        (_isWhole, _hasMore) = (left == 0, result.Position == result.Size);
        (_at, _end) = (0, (int)result.Position);
    }
}
