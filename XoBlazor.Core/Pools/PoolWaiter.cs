using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>Waits for what the store tells of one pool, and for the way to its hosts.</summary>
internal sealed class PoolWaiter(ObjectStore store, IPoolConnections pools, TimeProvider time, string pool)
{
    // The picture may be right a moment before the connection is there, and nothing signals that.
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>The connection to the pool's coordinator once the pool looks so; null when it has not come to that in time.</summary>
    public async Task<XapiConnection?> UntilAsync(Func<PoolPicture, bool> isSo, TimeSpan patience, CancellationToken token)
    {
        using var over = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, token);
        using var signals = store.Subscribe();
        try
        {
            for (var now = signals.Present; ; now = await NextAsync(signals, either.Token) ?? now)
                if (pools.IsLive(pool) && now.Pool(pool) is { } picture && isSo(picture) && pools.Find(pool) is { } connection)
                    return connection;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<StoreSnapshot?> NextAsync(StoreSubscription signals, CancellationToken token)
    {
        using var look = new CancellationTokenSource(s_look, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, token);
        try
        {
            return (await signals.NextAsync(either.Token)).Now;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return null;
        }
    }
}
