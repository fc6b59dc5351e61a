using XoBlazor.Core.Patching.Repositories;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>Has a pool make its copy of its repositories anew. Where that is under way already, its end is waited for instead.</summary>
internal static class RepositorySync
{
    /// <summary>A first synchronisation fetches gigabytes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_patienceWithEvents = TimeSpan.FromMinutes(1);

    /// <summary>Ends when the picture shows it. Fails as the pool does.</summary>
    public static async Task RunAsync(OperationWork work)
    {
        var before = work.Pool.Pool!.LastUpdateSync;
        var began = work.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await work.RunAsync("pool.sync_updates", work.Pool.Pool.Ref, false);
                break;
            }
            catch (XapiFailureException other) when (other.Code == "SYNC_UPDATES_IN_PROGRESS" && work.Time.GetElapsedTime(began) < s_patience)
            {
            }

            // The other one's end is as good; should it fail, ours is tried again.
            if (await work.UntilAsync(now => now.Pool?.LastUpdateSync > before && !RepositoryFacts.IsSyncing(now), s_again))
                return;
        }

        if (!await work.UntilAsync(now => !RepositoryFacts.NeedsSync(now), s_patienceWithEvents))
            throw new OperationFailedException("The pool said that it had synchronised with its repositories, and does not show it. Look at its tasks, then try again.");
    }
}
