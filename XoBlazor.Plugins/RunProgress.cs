using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>Tells the server how far an operation is. What it says while that is on its way is passed over.</summary>
internal sealed class RunProgress(IPluginHost host, string run, CancellationToken token) : IProgress<double>
{
    private int _isTelling;

    public void Report(double value)
    {
        if (Interlocked.Exchange(ref _isTelling, 1) == 0)
            _ = TellAsync(Math.Clamp(value, 0, 1));
    }

    private async Task TellAsync(double value)
    {
        try
        {
            await host.AskAsync("operation.progress", new JsonObject { ["run"] = run, ["progress"] = value }, token).ConfigureAwait(false);
        }
        catch (Exception over) when (over is PluginRefusedException or OperationCanceledException)
        {
            // It has ended meanwhile.
        }
        finally
        {
            Volatile.Write(ref _isTelling, 0);
        }
    }
}
