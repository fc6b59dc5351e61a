using System.Threading.Channels;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.Hosting;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Plugins.Wire;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>
/// Tells a plugin how operations ended, one after the other. So many wait for a slow one; beyond, ends are passed over, and the next message says how many. What ends while it is not
/// loaded it is not told.
/// </summary>
internal sealed class AfterFeed(PluginSettings plugin, PluginContext context) : IPluginFeed
{
    internal const int MostWaiting = 256;

    private readonly Channel<OperationRun> _waiting = Channel.CreateBounded<OperationRun>(MostWaiting);
    private readonly HashSet<string> _operations = [.. plugin.Given.Of<AfterWant>().Select(want => want.Operation)];
    private int _missed;

    public async Task RunAsync(IPluginLine line, CancellationToken token)
    {
        context.Ends.Told += Take;
        try
        {
            await foreach (var run in _waiting.Reader.ReadAllAsync(token))
                await TellAsync(line, run, token);
        }
        finally
        {
            context.Ends.Told -= Take;
        }
    }

    private void Take(OperationRun run)
    {
        if (_operations.Contains(run.Operation.Name) && OperationShape.Concerns(plugin, run.Target, run.Requester) && !_waiting.Writer.TryWrite(run))
            Interlocked.Increment(ref _missed);
    }

    private async Task TellAsync(IPluginLine line, OperationRun run, CancellationToken token)
    {
        var message = OperationShape.Of(run.Operation, run.Target, run.TargetName, run.Arguments, run.Requester);
        message["end"] = run.Result!.End.ToString().ToLowerInvariant();
        message["message"] = run.Result.Message;
        message["missed"] = Interlocked.Exchange(ref _missed, 0);
        try
        {
            await line.AskAsync("operation.after", message, context.Options.CallPatience, token);
        }
        catch (PluginAnsweredErrorException)
        {
            // A plugin that does not care lives, too.
        }
    }
}
