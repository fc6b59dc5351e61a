using System.Globalization;
using System.Text;

namespace XoBlazor.Simulator.Streams;

/// <summary>Writes the files of an XVA, each block of a disk together with its checksum in one piece. For one writer at a time.</summary>
internal sealed class XvaWriter(Stream output, CancellationToken cancellation)
{
    private const int SumLength = 16;

    private readonly byte[] _buffer = new byte[DiskBlock.Size + (3 * TarHeader.Block)];
    private long _written;

    /// <summary>Where the bytes of the next block are to be put.</summary>
    public Span<byte> Block => _buffer.AsSpan(TarHeader.Block, DiskBlock.Size);

    /// <summary>After so many bytes of the archive the checksum of one block is wrong; null: never.</summary>
    public long? ErrsAfter { get; set; }

    public async Task AddFileAsync(string name, ReadOnlyMemory<byte> content)
    {
        new TarHeader(name, content.Length).Write(_buffer);
        await output.WriteAsync(_buffer.AsMemory(0, TarHeader.Block), cancellation);
        await output.WriteAsync(content, cancellation);
        _buffer.AsSpan(0, TarHeader.Block).Clear();
        await output.WriteAsync(_buffer.AsMemory(0, TarHeader.PaddingOf(content.Length)), cancellation);
    }

    /// <summary>Sends the first bytes of <see cref="Block"/> under this name, then their checksum.</summary>
    public async Task AddBlockAsync(string name, int length)
    {
        new TarHeader(name, length).Write(_buffer);
        var errs = length > 0 && _written >= ErrsAfter;
        if (errs) ErrsAfter = null;
        var sum = XxHash64.Hash(Block[..length]) ^ (errs ? 1UL : 0);
        var end = TarHeader.Block + length + TarHeader.PaddingOf(length);
        _buffer.AsSpan(TarHeader.Block + length, end - TarHeader.Block - length).Clear();
        new TarHeader($"{name}.xxhash", SumLength).Write(_buffer.AsSpan(end));
        end += TarHeader.Block;
        _buffer.AsSpan(end, TarHeader.Block).Clear();
        Encoding.ASCII.GetBytes(sum.ToString("X16", CultureInfo.InvariantCulture), _buffer.AsSpan(end));
        _written += end + TarHeader.Block;
        await output.WriteAsync(_buffer.AsMemory(0, end + TarHeader.Block), cancellation);
    }

    public async Task EndAsync()
    {
        _buffer.AsSpan(0, 2 * TarHeader.Block).Clear();
        await output.WriteAsync(_buffer.AsMemory(0, 2 * TarHeader.Block), cancellation);
    }
}
