using System.Buffers;
using System.Runtime.CompilerServices;

namespace XoBlazor.Core.Transfers;

/// <summary>
/// Moves bytes from one stream to another: the next piece is read while the last is written, and no more than two are held, so that whoever is slow slows the other
/// and nothing else. There is no limit of time for the whole, only for silence. A TLS stream gives 16 KiB at a time, so that a piece must cost no memory of its own.
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
        using var from = new PumpSide(isSource: true, silence, time, token);
        using var to = new PumpSide(isSource: false, silence, time, token);
        var (full, empty) = (ArrayPool<byte>.Shared.Rent(Piece), ArrayPool<byte>.Shared.Rent(Piece));
        ValueTask<int> reading = default, writing = default;
        try
        {
            reading = ReadAsync(from, source, empty.AsMemory(0, Piece), look);
            while (await Take(ref reading) is > 0 and var length)
            {
                (full, empty) = (empty, full);
                writing = WriteAsync(to, target, full.AsMemory(0, length));
                reading = ReadAsync(from, source, empty.AsMemory(0, Piece), look);
                passed(await Take(ref writing));
            }

            await WriteAsync(to, target, default);
        }
        finally
        {
            // The buffers go back only when nobody uses them any more.
            await from.StopAsync();
            await to.StopAsync();
            await EndAsync(reading);
            await EndAsync(writing);
            ArrayPool<byte>.Shared.Return(full);
            ArrayPool<byte>.Shared.Return(empty);
        }
    }

    /// <summary>A step may be awaited once only: whoever takes it leaves an ended one.</summary>
    private static ValueTask<int> Take(ref ValueTask<int> step)
    {
        var taken = step;
        step = default;
        return taken;
    }

    private static async ValueTask EndAsync(ValueTask<int> step)
    {
        try
        {
            await step;
        }
        catch (Exception failed) when (failed is OperationCanceledException or PumpException)
        {
            // What went wrong first is told; this was stopped after it.
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> ReadAsync(PumpSide side, Stream source, Memory<byte> buffer, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask>? look)
    {
        side.Begin();
        try
        {
            var read = await source.ReadAsync(buffer, side.Token);
            if (read > 0 && look is not null)
                await look(buffer[..read], side.Token);
            return read;
        }
        catch (Exception failed)
        {
            throw side.Failure(failed);
        }
        finally
        {
            side.End();
        }
    }

    /// <summary>Writes a piece; none flushes what was written.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> WriteAsync(PumpSide side, Stream target, ReadOnlyMemory<byte> bytes)
    {
        side.Begin();
        try
        {
            if (bytes.IsEmpty)
                await target.FlushAsync(side.Token);
            else
                await target.WriteAsync(bytes, side.Token);
            return bytes.Length;
        }
        catch (Exception failed)
        {
            throw side.Failure(failed);
        }
        finally
        {
            side.End();
        }
    }
}
