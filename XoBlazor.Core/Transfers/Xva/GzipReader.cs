using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace XoBlazor.Core.Transfers.Xva;

/// <summary>
/// Looks into what was compressed with gzip, on a thread of its own: whoever adds bytes waits when it is behind, and learns of what is wrong with the next piece,
/// at the latest at the end. For one caller at a time.
/// </summary>
internal sealed class GzipReader : IAsyncDisposable
{
    private const int Piece = 128 * 1024;

    private readonly Pipe _pipe = new(new(pauseWriterThreshold: 2 * Piece, resumeWriterThreshold: Piece, useSynchronizationContext: false));
    private readonly Task _reading;

    public GzipReader(IXvaReader inner) => _reading = Task.Run(() => ReadAsync(inner));

    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        var flushed = await _pipe.Writer.WriteAsync(bytes, token);
        if (flushed.IsCompleted)
            await _reading;
    }

    public async Task CompleteAsync()
    {
        await _pipe.Writer.CompleteAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        // What is still read then is no part of anything.
        await _pipe.Writer.CompleteAsync(new OperationCanceledException());
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync(IXvaReader inner)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            await using var archive = new GZipStream(_pipe.Reader.AsStream(), CompressionMode.Decompress);
            while (await archive.ReadAsync(piece) is > 0 and var length)
                inner.Add(piece.AsSpan(0, length));
            inner.Complete();
        }
        catch (InvalidDataException)
        {
            throw new XvaDamagedException($"its compression is broken {inner.Place}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            await _pipe.Reader.CompleteAsync();
        }
    }
}
