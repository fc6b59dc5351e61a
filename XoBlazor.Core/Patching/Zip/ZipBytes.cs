using System.Buffers;
using System.Buffers.Binary;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>The bytes of a zip, forwards, and where in it the next one stands. For one caller at a time.</summary>
internal sealed class ZipBytes(Stream archive) : ForwardStream(archive)
{
    private const int Piece = 64 * 1024;

    private readonly byte[] _number = new byte[4];
    private long _at;

    /// <summary>How many were read.</summary>
    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Source.ReadAsync(buffer, cancellationToken);
        _at += read;
        return read;
    }

    /// <summary>Fills the buffer; an archive that ends before is refused.</summary>
    public async Task FillAsync(Memory<byte> buffer, CancellationToken token)
    {
        if (await this.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token) < buffer.Length)
            throw ZipRefusal.Because("it ends in the middle");
    }

    public async Task<uint> NumberAsync(CancellationToken token)
    {
        await FillAsync(_number, token);
        return BinaryPrimitives.ReadUInt32LittleEndian(_number);
    }

    public async Task SkipAsync(long length, CancellationToken token)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (var left = length; left > 0;)
            {
                var read = (int)Math.Min(left, Piece);
                await FillAsync(piece.AsMemory(0, read), token);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public async Task<bool> IsAtEndAsync(CancellationToken token) => await ReadAsync(_number.AsMemory(0, 1), token) == 0;
}
