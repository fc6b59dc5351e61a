using System.Collections.Concurrent;
using System.Diagnostics;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>
/// Starts processes on one thread that lasts as long as the server: a sandbox that is to end with whoever started it (<c>bwrap --die-with-parent</c>) means the thread by that, and those of
/// the pool come and go. Safe from any thread.
/// </summary>
internal static class ProcessStarter
{
    private static readonly Lazy<BlockingCollection<Action>> s_asked = new(Begin);

    /// <summary>Fails like <see cref="Process.Start(ProcessStartInfo)"/>.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Who asks waits for the answer: there are never more than plugins are being loaded.
        s_asked.Value.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failed)
            {
                started.SetException(failed);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        var asked = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var act in asked.GetConsumingEnumerable())
                act();
        })
        { IsBackground = true, Name = "starts processes" }.Start();
        return asked;
    }
}
