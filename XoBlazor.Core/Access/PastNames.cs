using Microsoft.Extensions.Logging;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.Core.Access;

/// <summary>
/// Tells the store what pools' objects were called before this server's start, as far as the journal reaches: each pool's names once, when the pool is met
/// (<see cref="RunAsync"/>). Until then whoever sees a part of the pool reads no text of it, and as long as the journal cannot be read.
/// </summary>
public sealed partial class PastNames
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromSeconds(30);

    private readonly JournalReader _journal;
    private readonly ObjectStore _store;
    private readonly VisibleStores _views;
    private readonly TimeProvider _time;
    private readonly ILogger<PastNames> _logger;
    private readonly LastStates _lastStates;
    private bool _isBegun;

    /// <summary>From here on the store waits to be told.</summary>
    public PastNames(JournalReader journal, ObjectStore store, VisibleStores views, TimeProvider time, ILogger<PastNames> logger)
    {
        (_journal, _store, _views, _time, _logger, _lastStates) = (journal, store, views, time, logger, new(journal));
        store.HasUntoldPast = static _ => true;
    }

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        using var news = _store.Subscribe();
        for (var rest = s_firstRetry; ;)
        {
            try
            {
                await TellAsync(token);
            }
            catch (Exception broken) when (!token.IsCancellationRequested)
            {
                LogBroken(broken, rest);
                await Task.Delay(rest, _time, token);
                rest = rest * 2 < s_longestRetry ? rest * 2 : s_longestRetry;
                continue;
            }

            rest = s_firstRetry;
            await news.WaitAsync(token);
            news.TryTake();
        }
    }

    /// <summary>Tells of all pools that were met and not told of yet.</summary>
    internal async Task TellAsync(CancellationToken token)
    {
        // Pools that the journal never met have no past.
        if (!_isBegun)
            _store.HasUntoldPast = new HashSet<string>(await _journal.PoolsAsync(token), StringComparer.Ordinal).Contains;
        _isBegun = true;
        foreach (var pool in _store.Current.Pools)
            if (!pool.Former.IsWhole)
                await TellAsync(pool, token);
    }

    /// <param name="pool">As it was first met, or later: what was given up since is remembered already.</param>
    private async Task TellAsync(PoolPicture pool, CancellationToken token)
    {
        var former = pool.Former;
        var lost = new HashSet<string>(StringComparer.Ordinal);
        await _journal.NamesAsync(pool.Uuid, called =>
        {
            var bearers = pool.AllByUuid(called.Uuid).ToList();
            if (!bearers.SelectMany(ObjectNames.NamesOf).Contains(called.Name))
                former.Learn(called.Name, called.Uuid);
            // It went while this server was not there to see it.
            if (called.IsBorne && bearers.Count == 0)
                lost.Add(called.Uuid);
        }, token);

        var gone = new List<XapiObject>();
        var most = FormerNames.MostGone(pool.Count);
        await _journal.GoneAsync(new() { Pool = pool.Uuid },
            stored => XapiCodec.Find(stored.Class) is { } codec && FormerNames.Keeps(codec.Class) && JournalJudge.Present(pool, codec.Class, stored.Uuid) is null,
            most,
            (_, _, state) =>
            {
                if (state() is { } last)
                    gone.Add(last);
            }, token);
        gone.Reverse();
        foreach (var uuid in lost.Take(most))
            if (await _lastStates.OfAsync(new(pool.Uuid, uuid), token) is { } last)
                gone.Add(last);
        former.Remember(gone, most);
        former.IsWhole = true;
        _views.ReadAgain(pool.Uuid);
    }

    [LoggerMessage(LogLevel.Warning, "The journal does not tell what objects were called before; who sees a part of a pool reads none of its hosts' words. Asked again in {Rest}")]
    private partial void LogBroken(Exception broken, TimeSpan rest);
}
