using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Zip;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>The file of an update, from where it comes to a host. What the host's task says of its end counts.</summary>
internal static class UpdateUpload
{
    /// <summary>A cancelled one is over within seconds.</summary>
    private static readonly TimeSpan s_patienceWithCancelled = TimeSpan.FromSeconds(2);

    /// <summary>Returns the task's result. What the source is to blame for is a <see cref="PatchingException"/> or fails as the source did.</summary>
    /// <param name="arrived">Is handed the result before the host may forget it, also when it must not stay.</param>
    public static async Task<string> RunAsync(OperationWork work, HostHandler handler, UpdateFile file, Func<string, Task> arrived, CancellationToken gone)
    {
        // A task that no request takes stays with the host for long.
        gone.ThrowIfCancellationRequested();
        await using var stream = await HostStream.BeginAsync(work, handler);
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(work.Token, gone, stream.Failed);
        try
        {
            await using var exchange = await stream.OpenAsync("PUT", file.Length, moving.Token);
            var sent = 0L;
            await Pump.CopyAsync(file.Content, exchange, HostTransfer.Silence, work.Time, bytes => sent += bytes, moving.Token);
            if (sent != file.Length)
                throw new PumpException(true, new EndOfStreamException($"{SizeText.Write(file.Length)} were announced, {SizeText.Write(sent)} came"));
            var result = await stream.Verdict.WaitAsync(gone);
            await arrived(result);
            return result;
        }
        catch (Exception failed) when (!work.Token.IsCancellationRequested)
        {
            var fromUs = gone.IsCancellationRequested || failed is PumpException { IsSource: true };
            if (fromUs)
                await stream.CancelAsync();
            var told = await stream.ReasonAsync(fromUs ? s_patienceWithCancelled : null);
            if (stream.Verdict.IsCompletedSuccessfully)
                await arrived(await stream.Verdict);
            else if (!stream.Verdict.IsFaulted && stream.IsOpen)
                work.LeaveBehind();
            throw gone.IsCancellationRequested ? new OperationCanceledException(gone)
                : failed is PumpException { IsSource: true, InnerException: { } why } ? why
                : stream.Words(failed, told);
        }
    }
}
