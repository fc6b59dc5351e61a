using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Travel;

/// <summary>
/// The moment this circuit looks at, as its address says (<c>?at=</c>). In the past every page reads one still picture made from the journal,
/// with what has changed since beside it. Used on the circuit's dispatcher.
/// </summary>
public sealed class TimeTravel(StorePictures present, JournalReader journal, NavigationManager navigation, TimeProvider time)
{
    public const string Parameter = "at";

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    /// <summary>The past moment shown, or null for the present.</summary>
    public DateTimeOffset? Moment { get; private set; }

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

    /// <summary>Any page at the moment that is shown.</summary>
    public string Keep(string uri) => Address(navigation.ToAbsoluteUri(uri).AbsoluteUri, Moment);

    /// <summary>Goes where the address says; cheap when it is there already.</summary>
    public async Task FollowAsync(string uri, CancellationToken token)
    {
        var wanted = MomentOf(uri) is { } moment && moment < time.GetUtcNow() ? moment : (DateTimeOffset?)null;
        if (wanted == Moment && Problem is null)
            return;
        if (wanted is null)
        {
            (Moment, Source, Problem, IsIncomplete, Since) = (null, present, null, false, FrozenDictionary<ObjectKey, ObjectDifference>.Empty);
            return;
        }

        try
        {
            var pools = ImmutableArray.CreateBuilder<ScenePool>();
            var since = new Dictionary<ObjectKey, ObjectDifference>();
            var isIncomplete = false;
            foreach (var pool in present.Current.Pools.Where(p => p.Picture is not null))
            {
                var past = await journal.PoolAsOfAsync(pool.Uuid, wanted.Value, token);
                isIncomplete |= !past.IsComplete;
                var picture = Picture(pool.Uuid, past);
                pools.Add(new(pool.Uuid, picture.Pool is null ? pool.Name : picture.Name(), picture, IsConnected: true, LastAnswer: wanted));
                foreach (var difference in await journal.DifferencesAsync(pool.Uuid, wanted.Value, time.GetUtcNow(), token))
                    if (difference.Kind != ChangeKind.Modified || difference.Fields.Any(f => !Core.Model.FieldMeaning.IsBookkeeping(f.Field)))
                        since[difference.Key] = difference;
            }

            Source = new Still(new Scene(wanted.Value.UtcTicks, pools.ToImmutable(), wanted, wanted));
            (Moment, Problem, IsIncomplete, Since) = (wanted, null, isIncomplete, since.ToFrozenDictionary());
        }
        catch (Exception e) when (e is JournalDiskException or JournalDamagedException)
        {
            Source = new Still(new Scene(wanted.Value.UtcTicks, [], wanted));
            (Moment, Problem) = (wanted, e.Message);
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

    private static Core.Store.PoolPicture Picture(string uuid, Core.Journal.PoolPicture past)
    {
        // A store of its own: the past has the same indexes and facts as the present, and touches nothing of it.
        using var writer = new ObjectStore(TimeProvider.System, []).Open(uuid);
        writer.ApplyListing(past.All.Select(o => o.Object));
        return writer.Picture;
    }

    private sealed record Still(Scene Current) : IPictureSource;
}
