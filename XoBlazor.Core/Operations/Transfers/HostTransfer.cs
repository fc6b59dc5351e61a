using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Xva;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>One stream between a host and the other end of its operation. What the host gives as its reason goes before what we saw of the line.</summary>
internal static class HostTransfer
{
    internal static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    /// <summary>From the host. Returns the task's result.</summary>
    /// <param name="watch">Looks at what passes, where it is a VM.</param>
    /// <param name="look">The same for anything else.</param>
    public static async Task<string> OutAsync(
        OperationWork work, HostHandler handler, TransferHead head, XvaWatch? watch = null, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask>? look = null)
    {
        var target = work.End as TransferTarget ?? throw new InvalidOperationException($"{handler.Label} needs somewhere to put its bytes");
        var result = await RunAsync(work, target, "GET", handler, null, async (exchange, token) =>
        {
            // The first bytes come before the word is given to the other end: until then a failure is told as one.
            var first = await OnSideAsync(true, () => FirstAsync(exchange, token));
            var bytes = await OnSideAsync(false, () => target.BeginAsync(head, token));
            await Pump.CopyAsync(new PrefixedStream(first, exchange), bytes, Silence, work.Time, target.Count, token, watch is null ? look : watch.AddAsync);
        }, watch);
        // The host's own word on whether it sent all came first: an end that it knows of has a reason.
        return head.Length is not { } announced || target.Progress.Bytes == announced ? result : throw new OperationFailedException(
            $"{work.Pool.NameOf(work.Target)} has {SizeText.Write(announced)}, and {SizeText.Write(target.Progress.Bytes)} of it came, though its host says that all went well. Look at its storage, and export it again.");
    }

    /// <summary>To the host. Returns the task's result.</summary>
    /// <param name="arrived">Is handed the result before the host may forget it; also of a task that succeeded though what was sent must not stay, which is left behind then.</param>
    public static Task<string> InAsync(OperationWork work, HostHandler handler, TransferSource source, XvaWatch? watch = null, Func<string, Task>? arrived = null) =>
        RunAsync(work, source, "PUT", handler, source.Length, async (exchange, token) =>
        {
            await Pump.CopyAsync(source.Stream, exchange, Silence, work.Time, source.Count, token, watch is null ? null : watch.AddAsync);
            if (source.Length is { } announced && source.Progress.Bytes != announced)
                throw new PumpException(true, new EndOfStreamException($"{announced} bytes were announced, {source.Progress.Bytes} came"));
            // The host would wait for the rest.
            if (watch is not null)
                await OnSideAsync(true, () => CompleteAsync(watch));
        }, arrived: arrived);

    /// <summary>The beginning of what a host sends; some failures come as a second answer in the body of a good one.</summary>
    public static async Task<ReadOnlyMemory<byte>> FirstAsync(HostExchange exchange, CancellationToken token)
    {
        var first = new byte[64];
        var length = await exchange.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, token);
        return first.AsSpan(0, length).StartsWith("HTTP/1.1 5"u8) ? throw new NotJsonException(500, "") : first.AsMemory(0, length);
    }

    private static async Task<bool> CompleteAsync(XvaWatch watch)
    {
        await watch.CompleteAsync();
        return true;
    }

    /// <param name="watch">To be asked whether all came, once the host has said that it sent all.</param>
    private static async Task<string> RunAsync(
        OperationWork work, TransferEnd end, string verb, HostHandler handler, long? length, Func<HostExchange, CancellationToken, Task> move, XvaWatch? watch = null, Func<string, Task>? arrived = null)
    {
        await using var stream = await HostStream.BeginAsync(work, handler);
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(work.Token, end.Gone, stream.Failed);
        var hasPassed = false;
        try
        {
            await using var exchange = await stream.OpenAsync(verb, length, moving.Token);
            await move(exchange, moving.Token);
            hasPassed = true;
            // The line stays open until the host has said how it went: it may still be reading.
            var result = await (verb == "PUT" ? stream.Verdict.WaitAsync(end.Gone) : stream.Verdict);
            if (watch is not null)
                await OnSideAsync(true, () => CompleteAsync(watch));
            await (arrived?.Invoke(result) ?? Task.CompletedTask);
            return result;
        }
        catch (Exception failed) when (!work.Token.IsCancellationRequested)
        {
            var damage = (failed as PumpException)?.InnerException as XvaDamagedException;
            var fromUs = damage is not null || end.Gone.IsCancellationRequested || failed is PumpException { IsSource: var isSource } && isSource == (verb == "PUT");
            if (fromUs && !stream.Verdict.IsCompleted)
                await stream.CancelAsync();
            var told = await stream.ReasonAsync();
            // What was sent as a whole and taken is there, whoever went meanwhile.
            var isThere = told is null && (!fromUs || hasPassed) && verb == "PUT" && stream.Verdict.IsCompletedSuccessfully;
            if (stream.Verdict.IsCompletedSuccessfully)
                await (arrived?.Invoke(await stream.Verdict) ?? Task.CompletedTask);
            if (isThere)
                return await stream.Verdict;
            // The host has made something of it, or is still about to.
            if (handler.Mark.Length > 0 && !stream.Verdict.IsFaulted && stream.IsOpen)
                work.LeaveBehind();
            throw damage is not null ? new OperationFailedException($"{damage.Message} {(verb == "GET" ? "Look at its storage, and export it again" : "Nothing was made of it. Export the VM again, or copy the file again")}.")
                : fromUs ? new OperationFailedException(Words(work, end, verb, failed))
                : stream.Words(failed, told);
        }
    }

    private static string Words(OperationWork work, TransferEnd end, string verb, Exception failed)
    {
        var so = SizeText.Write(end.Progress.Bytes);
        var why = failed is PumpException { InnerException: { } inner } ? $" ({inner.Message.TrimEnd('.')})" : "";
        return verb == "GET" ? $"Whoever received it stopped after {so}{why}. Nothing of {work.Pool.NameOf(work.Target)} was changed; begin again."
            : $"Whoever sent it stopped after {so}{why}. What was written until then is not to be used; send it again.";
    }

    /// <summary>A failure tells whose side it was on.</summary>
    private static async Task<T> OnSideAsync<T>(bool isSource, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new PumpException(isSource, failed);
        }
    }
}
