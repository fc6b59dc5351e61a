using XoBlazor.Plugins;

namespace XoBlazor.Core.Notifications.Posting;

/// <summary>How plugins that are a part of the server say that a message does not get through.</summary>
internal static class Refusals
{
    /// <summary>What lasts is told as such.</summary>
    public static async Task WordedAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (NotificationException failed)
        {
            throw new PluginRefusedException(failed.IsLasting ? PluginRefusedException.Lasting : PluginRefusedException.Refused, failed.Message);
        }
    }

    /// <summary>The same, bounded.</summary>
    /// <param name="late">What did not come to pass in time.</param>
    public static async Task WithinAsync(TimeSpan patience, TimeProvider time, Func<CancellationToken, Task> send, string late, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            await WordedAsync(() => send(either.Token));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new PluginRefusedException(PluginRefusedException.Refused, $"{late} within {patience.TotalSeconds:0} seconds. Is it overloaded, or a firewall between?");
        }
    }
}
