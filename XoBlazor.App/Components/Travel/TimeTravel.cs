using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Travel;

/// <summary>
/// The moment this circuit looks at, as its address says (<c>?at=</c>). In the past every page reads one still picture made from the journal,
/// with what has changed since beside it. Used on the circuit's dispatcher.
/// </summary>
public sealed class TimeTravel(CircuitView present, ViewedJournal journal, NavigationManager navigation, TimeProvider time)
{
    public const string Parameter = "at";

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource? _latest;

    /// <summary>The moment that is being read, and how far; what is shown until then is of <see cref="Moment"/>. Null when nothing is on its way.</summary>
    public TravelProgress? Reading { get; private set; }

    /// <summary>The past moment shown, or null for the present.</summary>
    public DateTimeOffset? Moment { get; private set; }

    /// <summary>Where the person is, or is going.</summary>
    public DateTimeOffset? Wanted => Reading?.Moment ?? Moment;

    /// <summary>What pages read.</summary>
    public IPictureSource Source { get; private set; } = present;

    /// <summary>What differs between the moment and now, by object; empty in the present.</summary>
    public FrozenDictionary<ObjectKey, ObjectDifference> Since { get; private set; } = FrozenDictionary<ObjectKey, ObjectDifference>.Empty;

    /// <summary>Why the past cannot be shown, in words.</summary>
    public string? Problem { get; private set; }

    /// <summary>The journal does not reach back to the moment for every pool.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>The moment an address names; null for the present and for what is no moment.</summary>
    public static DateTimeOffset? MomentOf(string uri)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(uri, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } whole ? whole.Query : "");
        return query[Parameter] is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }

    /// <summary>The present page at another moment; null for now.</summary>
    public string AddressAt(DateTimeOffset? moment) => Address(navigation.Uri, moment);

    /// <summary>Any page at the moment that is wanted.</summary>
    public string Keep(string uri) => Address(navigation.ToAbsoluteUri(uri).AbsoluteUri, Wanted);

    /// <summary>
    /// Goes where the address says; cheap when it is there already. A call gives up the one before it, which then changes nothing: of many
    /// moments asked for in a row only the last one counts, and the journal is read for one at a time. <paramref name="news"/> is told when
    /// <see cref="Reading"/> changes.
    /// </summary>
    public async Task FollowAsync(string uri, CancellationToken token, Action? news = null)
    {
        var wanted = MomentOf(uri) is { } moment && moment < time.GetUtcNow() ? moment : (DateTimeOffset?)null;
        if (wanted is not null && wanted == Reading?.Moment)
            return;
        _latest?.Cancel();
        _latest = null;
        Reading = null;
        if (wanted is null)
        {
            if (Moment is not null)
                (Moment, Source, Problem, IsIncomplete, Since) = (null, present, null, false, FrozenDictionary<ObjectKey, ObjectDifference>.Empty);
            return;
        }

        if (wanted == Moment && Problem is null)
            return;
        await GoAsync(wanted.Value, token, news);
    }

    /// <summary>Reads the moment anew for somebody who may view something else now. What was shown of it is not shown meanwhile.</summary>
    public async Task ReadAgainAsync(CancellationToken token, Action? news = null)
    {
        if (Wanted is not { } wanted)
            return;
        _latest?.Cancel();
        _latest = null;
        if (Moment is { } shown)
            Source = new Still(new Scene(shown.UtcTicks, [], shown, shown));
        Since = FrozenDictionary<ObjectKey, ObjectDifference>.Empty;
        await GoAsync(wanted, token, news);
    }

    private async Task GoAsync(DateTimeOffset wanted, CancellationToken token, Action? news)
    {
        using var latest = _latest = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            await ReadAsync(wanted, latest.Token, news);
        }
        finally
        {
            if (ReferenceEquals(_latest, latest))
                _latest = null;
        }
    }

    private async Task ReadAsync(DateTimeOffset wanted, CancellationToken token, Action? news)
    {
        var pools = present.Current.Pools.Where(p => p.Picture is not null).ToList();
        Reading = new(wanted, 0, pools.Count);
        news?.Invoke();
        var hasTurn = false;
        try
        {
            await _turn.WaitAsync(token);
            hasTurn = true;
            var past = new List<PastPool>();
            foreach (var pool in pools)
            {
                // Tens of thousands of objects become a picture: not on the circuit's own time.
                past.Add(await Task.Run(() => PastPool.ReadAsync(journal, pool, wanted, time.GetUtcNow(), token), token));
                token.ThrowIfCancellationRequested();
                Reading = new(wanted, past.Count, pools.Count);
                news?.Invoke();
            }

            Source = new Still(new Scene(wanted.UtcTicks, [.. past.Select(p => p.Pool)], wanted, wanted));
            (Moment, Problem, Reading) = (wanted, null, null);
            IsIncomplete = past.Any(p => !p.IsComplete);
            Since = past.SelectMany(p => p.Since).ToFrozenDictionary(d => d.Key);
        }
        catch (Exception e) when (e is JournalDiskException or JournalDamagedException && !token.IsCancellationRequested)
        {
            Source = new Still(new Scene(wanted.UtcTicks, [], wanted));
            (Moment, Problem, Reading) = (wanted, e.Message, null);
        }
        catch (Exception e) when (token.IsCancellationRequested && e is OperationCanceledException or JournalDiskException or JournalDamagedException)
        {
            // Another moment is wanted now, or nobody looks any more.
        }
        finally
        {
            if (hasTurn)
                _turn.Release();
        }
    }

    /// <summary>A page that is opened from another: in the past it stays there.</summary>
    public static string Along(NavigationManager navigation, string uri) =>
        MomentOf(navigation.Uri) is { } moment ? Address(navigation.ToAbsoluteUri(uri).AbsoluteUri, moment) : uri;

    /// <summary>An address at a moment.</summary>
    public static string Address(string uri, DateTimeOffset? moment)
    {
        var whole = new Uri(uri);
        var query = System.Web.HttpUtility.ParseQueryString(whole.Query);
        query.Remove(Parameter);
        if (moment is { } at)
            query[Parameter] = at.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);
        return whole.GetLeftPart(UriPartial.Path) + (query.Count > 0 ? "?" + query : "");
    }

    private sealed record Still(Scene Current) : IPictureSource;
}
