using System.Buffers;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Cli.Client.Transfers;

/// <summary>Copies bytes, and shows how they pass. Disposing takes the bar away.</summary>
internal sealed class TransferLine(Terminal terminal, TimeProvider time, string what, long? length) : IDisposable
{
    private const int Piece = 128 * 1024;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(250);

    private readonly ProgressLine _line = new(terminal);
    private readonly TransferProgress _progress = new() { Length = length };
    private DateTimeOffset _shown = DateTimeOffset.MinValue;

    public long Bytes => _progress.Bytes;

    public async Task CopyAsync(Stream from, Stream to, CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await from.ReadAsync(buffer.AsMemory(0, Piece), token) is > 0 and var read)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), token);
                _progress.Count(read);
                Show();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>It goes on from here: what was counted beyond did not arrive.</summary>
    public void GoBackTo(long bytes) => _progress.Count(bytes - Bytes);

    public void Dispose() => _line.Dispose();

    private void Show()
    {
        if (time.GetUtcNow() is var now && now - _shown < s_between)
            return;
        _shown = now;
        _line.Show(what, _progress.Look(now));
    }
}
