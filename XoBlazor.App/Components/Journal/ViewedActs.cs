using System.Collections.Immutable;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Settings.Audit;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.App.Components.Journal;

/// <summary>
/// What people did to objects, as the person at this circuit may read it: what was done to an object is for whoever may read its journal. Fails with
/// <see cref="AuditException"/>.
/// </summary>
public sealed class ViewedActs(AuditLog audit, VisibleJournal journal, CircuitView view, AccessEngine access, OperationCatalogue operations)
{
    private const int MostOfOne = 200;

    /// <summary>A task's changes are looked for in the acts of the pool that began this long before, at most.</summary>
    private static readonly TimeSpan s_longestTask = TimeSpan.FromHours(6);

    /// <summary>Differs once anything was done.</summary>
    public long Version => audit.Newest;

    /// <summary>Whether whole records may be looked at.</summary>
    public bool MayOpen => view.May(AdministrationRights.ReadAudit);

    /// <summary>The operations on an object since a moment, and the one that made it, newest first.</summary>
    public Task<ImmutableArray<AuditAct>> OnAsync(PoolPicture pool, XapiObject value, DateTimeOffset since, CancellationToken token) =>
        view.May(Right.ReadJournal, pool, value) && view.Shows(pool.Uuid, value)
            ? Task.Run(() => Read([Of(pool.Uuid, value.Uuid) with { From = since }, Making(pool.Key(value)) with { From = since }]).OrderByDescending(act => act.Started).ToImmutableArray(), token)
            : Task.FromResult(ImmutableArray<AuditAct>.Empty);

    /// <summary>What may have caused these entries, which the journal has shown to this person.</summary>
    public async Task<Causes> CausesAsync(ImmutableArray<JournalEntry> entries, CancellationToken token)
    {
        var objects = entries.Where(entry => entry.Kind != EntryKind.Marker).ToLookup(entry => XapiCodec.Find(entry.Class)?.Class == XapiClass.XapiTask);
        var tasks = new Dictionary<ObjectKey, TaskOrigin>();
        foreach (var entry in objects[true].DistinctBy(entry => entry.Key))
            if (await OriginAsync(entry, token) is { } origin)
                tasks[entry.Key] = origin;
        return new(await Task.Run(() => Around([.. objects[false]], [.. objects[true]]), token), tasks);
    }

    /// <summary>What was done, in words.</summary>
    public string Title(AuditAct act) => AuditWords.Of(act.First.Action, operations);

    /// <summary>Why it ended as it did. Words to another person may name what only that person may view: here they do not.</summary>
    public string? Message(AuditAct act) => act.Last.Message is not { } message || act.First.Target?.Pool is not { } pool ? null : access.Shown(view.Eyes, pool, message);

    private ImmutableArray<AuditAct> Around(List<JournalEntry> changes, List<JournalEntry> ofTasks)
    {
        var newest = changes.Concat(ofTasks).Select(entry => entry.Time).DefaultIfEmpty().Max();
        var onThem = Read(changes.Concat(ofTasks).Select(entry => entry.Key).Distinct().Select(key => Of(key.Pool, key.Uuid) with { To = newest + TimeSpan.FromMilliseconds(1) }));
        var inTheirPools = Read(ofTasks.GroupBy(entry => entry.Pool)
                .Select(pool => Of(pool.Key, null) with { From = pool.Min(e => e.Time) - s_longestTask, To = pool.Max(e => e.Time) + TimeSpan.FromSeconds(1) }))
            // That something was done to an object is for those who may view it.
            .Where(act => view.SeesEverything || view.Objects.Find(new ObjectKey(act.First.Target!.Pool!, act.First.Target.Id)) is not null);
        var madeThem = Read(changes.Where(entry => entry.Kind == EntryKind.Added).Select(entry => entry.Key).Distinct().Select(Making));
        return [.. onThem.Concat(inTheirPools).Concat(madeThem).DistinctBy(act => act.Newest.Number)];
    }

    /// <summary>The task as it is now, or as it was when the entry was written.</summary>
    private async Task<TaskOrigin?> OriginAsync(JournalEntry entry, CancellationToken token)
    {
        if (view.Objects.Pool(entry.Pool) is { } pool && pool.GetByUuid<XapiTask>(entry.Uuid) is { } there)
            return new(there.Ref, [.. pool.WorkedOn(there).Select(pool.Key)]);
        var moment = entry.Kind == EntryKind.Removed ? entry.Time.AddMilliseconds(-1) : entry.Time;
        return await journal.ObjectAsOfAsync(view.Eyes, entry.Key, moment, token) is { Object: XapiTask gone } ? new(gone.Ref, []) : null;
    }

    private IEnumerable<AuditAct> Read(IEnumerable<AuditQuery> queries) => audit.ReadActs(queries).SelectMany(found => found.Acts);

    private static AuditQuery Making(ObjectKey key) => new() { Pool = key.Pool, Made = key.Uuid, Limit = 1 };

    private static AuditQuery Of(string pool, string? uuid) => new() { Pool = pool, Target = uuid, Category = AuditCategory.Operation, Limit = MostOfOne };
}
