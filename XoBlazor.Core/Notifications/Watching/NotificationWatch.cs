using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>
/// Looks, once a second, at what is new, and writes down what the rules have to tell of it, together with what they remember: either both is kept or nothing. Pools and pages
/// never wait for it. One loop; <see cref="LookAsync"/> is one turn of it.
/// </summary>
internal sealed partial class NotificationWatch(
    ObjectStore store, AccessEngine access, NotificationRules rules, INotificationStore kept, NotificationSources sources, LastSeen seen, NotificationOptions options, TimeProvider time, ILogger<NotificationWatch> logger) : IDisposable
{
    private const int MostChanges = 200_000;

    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_figures = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_updates = TimeSpan.FromHours(1);

    private readonly Dictionary<Guid, (Watcher Watcher, IncidentBook Book)> _watched = [];
    private readonly StoreSubscription _news = store.Subscribe(MostChanges);
    private readonly List<(Notification Notification, XapiObject? About)> _unwritten = [];
    private readonly Dictionary<(Guid Rule, string Subject), Incident?> _unkept = [];
    private LatestMetrics? _figures;
    private bool _isStarted;
    private bool _missedSome;
    private DateTimeOffset _before;
    private DateTimeOffset _watchedUntil;
    private DateTimeOffset _nextMinute;
    private ImmutableSortedDictionary<Guid, NotificationRule>? _rules;

    /// <summary>Told after something was written down to be sent.</summary>
    public event Action? Told;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        await sources.Ready.WaitAsync(token);
        await using var clock = time.CreateTimer(_ => _news.Wake(), null, s_turn, s_turn);
        var feeds = Task.WhenAll(RepeatAsync(s_figures, SampleAsync, token), RepeatAsync(s_updates, LookForUpdatesAsync, token));
        while (!token.IsCancellationRequested)
        {
            await _news.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!token.IsCancellationRequested)
                await LookGuardedAsync(token);
        }

        await feeds.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes in all that is new, and writes down what there is to tell.</summary>
    internal async Task LookAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (!_isStarted)
        {
            _before = _watchedUntil = await kept.WatchedUntilAsync(token) ?? now;
            FollowRules(await kept.IncidentsAsync(token), isStart: true);
            _isStarted = true;
        }
        else if (!ReferenceEquals(_rules, rules.Present))
        {
            FollowRules([], isStart: false);
        }

        var signal = _news.TryTake();
        var isMinute = now >= _nextMinute;
        var scene = new WatchScene
        {
            Now = now,
            Store = signal?.Now ?? store.Current,
            Batches = signal is null || signal.LookAtEverything ? FrozenDictionary<string, ImmutableArray<StoreBatch>>.Empty
                : signal.Batches.GroupBy(batch => batch.Pool).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal),
            LooksAtEverything = signal?.LookAtEverything == true || isMinute || _missedSome,
            Before = _before,
            WatchedUntil = _watchedUntil,
            Pools = sources.Pools(),
            Runs = sources.Runs(),
            Plugins = sources.Plugins(),
            Notices = sources.Notices(),
            Updates = sources.Updates,
            Figures = Interlocked.Exchange(ref _figures, null),
        };
        // Should one of them break, the next look is at everything.
        _missedSome = true;
        foreach (var (watcher, book) in _watched.Values)
        {
            book.Now = now;
            // What changed is told before everything is looked at: that knows states only, and not what passed between.
            if (scene.LooksAtEverything && scene.Batches.Count > 0)
                watcher.Look(scene with { LooksAtEverything = false }, book);
            watcher.Look(scene, book);
            book.Tick();
            if (isMinute)
                book.Drop(pool => scene.Store.Pool(pool) is null && scene.Pools.All(state => state.PoolUuid != pool));
        }

        Gather();
        await WriteAsync(now, isMinute, HasLookedAtAll(scene), token);
        _missedSome = false;
    }

    /// <summary>Asks hosts for their figures, where a rule has a limit for them.</summary>
    internal async Task SampleAsync(CancellationToken token)
    {
        var measures = rules.Present.Values.Where(rule => rule.IsEnabled).Select(rule => rule.When).OfType<NotificationTrigger.Threshold>().Select(limit => limit.Measure).ToHashSet();
        if (measures.Count == 0 || sources.LatestAsync is null)
            return;
        using var patience = new CancellationTokenSource(s_patience, time);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        var hosts = measures.All(measure => measure == Measure.SrUse) ? [] : store.Current.All<Host>().Select(host => new ObjectKey(host.Pool.Uuid, host.Object.Uuid)).ToList();
        _figures = await sources.LatestAsync(hosts, inTime.Token);
        _news.Wake();
    }

    public void Dispose() => _news.Dispose();

    private async Task LookForUpdatesAsync(CancellationToken token)
    {
        if (!rules.Present.Values.Any(rule => rule.IsEnabled && rule.When is NotificationTrigger.UpdateAvailable))
            return;
        foreach (var host in store.Current.All<Host>().ToList())
            await sources.LookForUpdatesAsync(new(host.Pool.Uuid, host.Object.Uuid), token);
    }

    private async Task RepeatAsync(TimeSpan every, Func<CancellationToken, Task> act, CancellationToken token)
    {
        using var timer = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await act(token);
            }
            catch (Exception broken) when (!token.IsCancellationRequested)
            {
                LogBroken(broken);
            }
        }
        while (await timer.WaitForNextTickAsync(token));
    }

    private async Task LookGuardedAsync(CancellationToken token)
    {
        try
        {
            await LookAsync(token);
        }
        catch (Exception broken) when (!token.IsCancellationRequested)
        {
            LogBroken(broken);
        }
    }

    private void FollowRules(ImmutableArray<Incident> incidents, bool isStart)
    {
        var present = _rules = rules.Present;
        foreach (var (id, watched) in _watched.ToList())
        {
            if (present.GetValueOrDefault(id) is { IsEnabled: true } rule && rule.When.Equals(watched.Book.Rule.When))
                watched.Book.Rule = rule;
            else
                Forget(id, watched.Book);
        }

        foreach (var rule in present.Values)
        {
            var known = incidents.Where(incident => incident.Rule == rule.Id).ToList();
            if (rule.IsEnabled && !_watched.ContainsKey(rule.Id))
                _watched[rule.Id] = (Watcher.Of(rule.When, isStart), new(rule, known));
            else if (!rule.IsEnabled)
                foreach (var incident in known)
                    _unkept[(rule.Id, incident.Subject)] = null;
        }
    }

    /// <summary>What the rule told of counts no more: it is switched off, gone, or about something else.</summary>
    private void Forget(Guid rule, IncidentBook book)
    {
        book.Drop();
        Gather(book, tells: false);
        _watched.Remove(rule);
    }

    private void Gather()
    {
        foreach (var (_, book) in _watched.Values)
            Gather(book, tells: true);
    }

    private void Gather(IncidentBook book, bool tells)
    {
        var (changed, forgotten, told) = book.Take();
        foreach (var gone in forgotten)
            _unkept[gone] = null;
        foreach (var incident in changed)
            _unkept[(incident.Rule, incident.Subject)] = incident;
        if (tells)
            _unwritten.AddRange(told);
    }

    /// <summary>No pool is still to be read whose news of the time before the start are waited for.</summary>
    private bool HasLookedAtAll(WatchScene scene) =>
        scene.Now - _watchedUntil > s_longestWait || scene.Pools.All(state => state.Status == PoolStatus.Disabled || (state.PoolUuid is { } uuid && scene.Store.Pool(uuid)?.Pool is not null));

    private async Task WriteAsync(DateTimeOffset now, bool isMinute, bool isComplete, CancellationToken token)
    {
        if (_unwritten.Count == 0 && _unkept.Count == 0 && !isMinute)
            return;
        var messages = _unwritten.SelectMany(one => Address(one.Notification)).ToList();
        foreach (var (notification, about) in _unwritten)
            if (about is not null)
                seen.Add(notification.Id, about);
        // Until this is kept, all of it stays here and is tried again with the next look.
        var lost = await kept.TellAsync(
            [.. _unkept.Values.OfType<Incident>()], [.. _unkept.Where(pair => pair.Value is null).Select(pair => pair.Key)], messages, isMinute && isComplete ? now : null, options.MostWaiting, token);
        _unwritten.Clear();
        _unkept.Clear();
        if (isMinute)
            (_watchedUntil, _nextMinute) = (isComplete ? now : _watchedUntil, now + s_minute);
        if (lost > 0)
            LogLost(lost, options.MostWaiting);
        if (messages.Count > lost)
            Told?.Invoke();
    }

    private IEnumerable<OutboxEntry> Address(Notification notification)
    {
        if (rules.Find(notification.Rule) is not { } rule)
            return [];
        var due = rule.DueAfter(notification.Time, notification.Severity);
        var groups = access.Policy.GroupsOfUsers;
        var entries = rule.Who.SelectMany(one => one switch
        {
            Recipient.User user => [Entry($"user {user.Id}") with { User = user.Id }],
            Recipient.Group group => groups.Where(pair => pair.Value.Contains(group.Id)).Select(pair => Entry($"user {pair.Key}") with { User = pair.Key, Group = group.Id }),
            Recipient.At at => [Entry($"address {at.Address}") with { Address = at.Address }],
            _ => Enumerable.Empty<OutboxEntry>(),
        });
        // Whoever is named and in a group as well hears of it once.
        return entries.DistinctBy(entry => entry.Id);

        OutboxEntry Entry(string to) => new()
        {
            Id = Notification.IdOf(notification.Id, $"{rule.How} {to}", notification.Kind),
            Notification = notification,
            RuleName = rule.Name,
            How = rule.How,
            Due = due,
            IsCollected = due > notification.Time || rule.Pace is not Pace.AtOnce,
        };
    }

    [LoggerMessage(LogLevel.Error, "A look for what is to be notified broke; the next one is at everything")]
    private partial void LogBroken(Exception broken);

    [LoggerMessage(LogLevel.Error, "{Lost} notifications are lost, because {Most} wait already. See whether their transport works, or raise Notifications:MostWaiting")]
    private partial void LogLost(int lost, int most);
}
