using XoBlazor.App.Components.Live;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Components.Overview;

/// <summary>
/// What became of one object in a short while: the changes that came close together as one, from the first old value to the last new one.
/// </summary>
/// <param name="Change">Before the first and after the last of them.</param>
/// <param name="Count">How many changes it took.</param>
internal sealed record Happening(RecentChange Change, int Count)
{
    // An operation's steps, and a guest that boots, come within this of each other.
    private static readonly TimeSpan s_together = TimeSpan.FromSeconds(30);

    /// <summary>Groups changes, the newest first; each group stands where its newest change does.</summary>
    public static List<Happening> Of(IEnumerable<RecentChange> newestFirst, int most)
    {
        var happenings = new List<(RecentChange Newest, RecentChange Oldest, int Count)>();
        var places = new Dictionary<ObjectKey, int>();
        foreach (var change in newestFirst)
        {
            var key = new ObjectKey(change.Pool, change.Change.Object.Ref);
            if (places.TryGetValue(key, out var at) && happenings[at].Oldest.Time - change.Time < s_together && change.Change.Kind != ChangeKind.Removed)
            {
                happenings[at] = (happenings[at].Newest, change, happenings[at].Count + 1);
                continue;
            }

            // There is no room for another line; what is older may still be part of one.
            if (happenings.Count == most)
                continue;
            places[key] = happenings.Count;
            happenings.Add((change, change, 1));
        }

        return [.. happenings.Select(h => new Happening(Whole(h.Newest, h.Oldest), h.Count))];
    }

    private static RecentChange Whole(RecentChange newest, RecentChange oldest)
    {
        var (before, after) = (oldest.Change.Before, newest.Change.After);
        if (ReferenceEquals(newest, oldest) || before is null || after is null)
            return newest with { Change = new(newest.Change.After is null ? newest.Change.Before : before, after, newest.Fields) };
        var fields = XapiCodec.For(after.Class).Compare(before, after) & RecentChanges.Telling(after.Class);
        return newest with { Change = new(before, after, fields), Fields = fields };
    }
}
