using System.Collections.Immutable;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.App.Components.Journal;

/// <summary>
/// What people did to objects, as the person at this circuit may read it: what was done to an object is for whoever may read its journal. Fails with
/// <see cref="AuditException"/>.
/// </summary>
public sealed class ViewedActs(AuditLog audit, CircuitView view, AccessEngine access, OperationCatalogue operations)
{
    private const int MostOfOne = 200;

    /// <summary>Differs once anything was done.</summary>
    public long Version => audit.Newest;

    /// <summary>Whether whole records may be looked at.</summary>
    public bool MayOpen => view.May(AdministrationRights.ReadAudit);

    /// <summary>The operations on an object since a moment, newest first.</summary>
    public Task<ImmutableArray<AuditAct>> OnAsync(PoolPicture pool, XapiObject value, DateTimeOffset since, CancellationToken token) =>
        view.May(Right.ReadJournal, pool, value) && view.Shows(pool.Uuid, value)
            ? Task.Run(() => Read(pool.Uuid, value.Uuid, new() { From = since }), token)
            : Task.FromResult(ImmutableArray<AuditAct>.Empty);

    /// <summary>The operations that may have caused these entries, which the journal has shown to this person.</summary>
    public Task<ImmutableArray<AuditAct>> AroundAsync(ImmutableArray<JournalEntry> entries, CancellationToken token)
    {
        if (entries.IsEmpty)
            return Task.FromResult(ImmutableArray<AuditAct>.Empty);
        var until = entries.Max(entry => entry.Time) + TimeSpan.FromMilliseconds(1);
        return Task.Run(
            () => entries.Where(entry => entry.Kind != EntryKind.Marker).Select(entry => entry.Key).Distinct()
                .SelectMany(key => Read(key.Pool, key.Uuid, new() { To = until })).ToImmutableArray(),
            token);
    }

    /// <summary>What was done, in the words on its button.</summary>
    public string Title(AuditAct act) => operations.Find(act.First.Action)?.Title ?? act.First.Action;

    /// <summary>Why it ended as it did. Words to another person may name what only that person may view: here they do not.</summary>
    public string? Message(AuditAct act) => act.Last.Message is not { } message || act.First.Target?.Pool is not { } pool ? null : access.Shown(view.Eyes, pool, message);

    private ImmutableArray<AuditAct> Read(string pool, string uuid, AuditQuery when) =>
        [.. audit.ReadActs(when with { Pool = pool, Target = uuid, Category = AuditCategory.Operation, Limit = MostOfOne }).Acts];
}
