using System.Buffers;

namespace XoBlazor.Core.Transfers;

/// <summary>
/// Moves bytes from one stream to another: the next piece is read while the last is written, and no more than two are held, so that whoever is slow slows the other
/// and nothing else. There is no limit of time for the whole, only for silence.
/// </summary>
internal static class Pump
{
    private const int Piece = 128 * 1024;

    /// <summary>
    /// Copies until the source ends. Fails with <see cref="PumpException"/>, which tells whose side it was, or as <paramref name="token"/> is cancelled.
    /// </summary>
    /// <param name="silence">How long the source may send nothing, and the target take nothing.</param>
    /// <param name="passed">Told of each piece once the target has it.</param>
    /// <param name="look">Shown each piece before the target gets any of it; what it throws counts as the source's failure.</param>
    public static async Task CopyAsync(
        Stream source, Stream target, TimeSpan silence, TimeProvider time, Action<int> passed, CancellationToken token, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask>? look = null)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token);
        var (full, empty) = (ArrayPool<byte>.Shared.Rent(Piece), ArrayPool<byte>.Shared.Rent(Piece));
        var (reading, writing) = (Task.FromResult(0), Task.CompletedTask);
        try
        {
            reading = ReadAsync(empty);
            while (await reading is > 0 and var length)
            {
                (full, empty) = (empty, full);
                writing = WriteAsync(full.AsMemory(0, length));
                reading = ReadAsync(empty);
                await writing;
                passed(length);
            }

            await Guarded(false, inner => new(target.FlushAsync(inner)));
        }
        finally
        {
            // The buffers go back only when nobody uses them any more.
            await either.CancelAsync();
            await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(full);
            ArrayPool<byte>.Shared.Return(empty);
        }

        async Task<int> ReadAsync(byte[] buffer)
        {
            var read = 0;
            await Guarded(true, async inner =>
            {
                read = await source.ReadAsync(buffer.AsMemory(0, Piece), inner);
                if (read > 0 && look is not null)
                    await look(buffer.AsMemory(0, read), inner);
            });
            return read;
        }

        Task WriteAsync(ReadOnlyMemory<byte> bytes) => Guarded(false, inner => target.WriteAsync(bytes, inner));

        async Task Guarded(bool isSource, Func<CancellationToken, ValueTask> step)
        {
            using var timer = new CancellationTokenSource(silence, time);
            using var inner = CancellationTokenSource.CreateLinkedTokenSource(either.Token, timer.Token);
            try
            {
                await step(inner.Token);
            }
            catch (Exception) when (token.IsCancellationRequested)
            {
                throw new OperationCanceledException(token);
            }
            catch (OperationCanceledException) when (timer.IsCancellationRequested)
            {
                throw new PumpException(isSource, new TimeoutException($"nothing came through for {silence.TotalMinutes:0.#} minutes"));
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                throw new PumpException(isSource, failed);
            }
        }
    }
}

/// <summary>One side of a <see cref="Pump"/> failed.</summary>
internal sealed class PumpException(bool isSource, Exception why) : Exception(why.Message, why)
{
    /// <summary>The side that bytes come from; else the one that they go to.</summary>
    public bool IsSource => isSource;
}
