using System.Collections.Immutable;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Travel;

/// <summary>One pool as it was at a moment, and what is different now.</summary>
/// <param name="IsComplete">False where the journal does not reach back that far.</param>
internal sealed record PastPool(ScenePool Pool, ImmutableArray<ObjectDifference> Since, bool IsComplete)
{
    public static async Task<PastPool> ReadAsync(ViewedJournal journal, ScenePool pool, DateTimeOffset moment, DateTimeOffset now, CancellationToken token)
    {
        var past = await journal.PoolAsOfAsync(pool.Uuid, moment, token);
        var picture = Picture(pool.Uuid, past.All.Select(o => o.Object));
        token.ThrowIfCancellationRequested();
        var differences = await journal.DifferencesAsync(pool.Uuid, moment, now, token);
        var name = picture.Pool is null ? pool.Name : picture.Name();
        return new(new(pool.Uuid, name, picture, IsConnected: true, LastAnswer: moment), [.. differences.Where(IsTelling)], past.IsComplete);
    }

    private static bool IsTelling(ObjectDifference difference) =>
        difference.Kind != ChangeKind.Modified || difference.Fields.Any(f => !FieldMeaning.IsBookkeeping(f.Field));

    // A store of its own: the past has the same indexes and facts as the present, and touches nothing of it.
    private static Core.Store.PoolPicture Picture(string uuid, IEnumerable<XapiObject> objects)
    {
        using var writer = new ObjectStore(TimeProvider.System, []).Open(uuid);
        writer.ApplyListing(objects);
        return writer.Picture;
    }
}
