using System.Collections.Frozen;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Journal;

/// <summary>
/// Which operation caused a change, as far as that can be known: one on the same object that was under way at that moment; for a task's change the one
/// that began the task, or that was under way on what the task works on; for the first of an object the one that made it. What matches none came from outside: another client, the host itself, the guest.
/// </summary>
/// <param name="tasks">Of the tasks whose changes are asked about.</param>
public sealed class Causes(IReadOnlyCollection<AuditAct> acts, IReadOnlyDictionary<ObjectKey, TaskOrigin>? tasks = null)
{
    // The events of a change may come a little after that of the task's end.
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(1);

    // Of an act whose end nobody wrote down, because the server stopped: what happened much later was not its doing.
    private static readonly TimeSpan s_longestUnended = TimeSpan.FromHours(1);

    private readonly FrozenDictionary<ObjectKey, AuditAct[]> _byTarget = acts
        .Where(act => act.First is { Outcome: AuditOutcome.Begun, Target.Pool: not null })
        .GroupBy(act => new ObjectKey(act.First.Target!.Pool!, act.First.Target.Id)).ToFrozenDictionary(one => one.Key, one => one.ToArray());

    private readonly FrozenDictionary<(string Pool, string Task), AuditAct> _byTask = acts
        .Where(act => act.First.Target?.Pool is not null && act.Last.Task is not null)
        .SelectMany(act => act.Last.Task!.Split(' ').Select(task => (Key: (act.First.Target!.Pool!, task), Act: act)))
        .DistinctBy(one => one.Key).ToFrozenDictionary(one => one.Key, one => one.Act);

    private readonly FrozenDictionary<ObjectKey, AuditAct> _byMade = acts
        .Where(act => act.Last.Made?.Pool is not null).Select(act => (Key: new ObjectKey(act.Last.Made!.Pool!, act.Last.Made.Id), Act: act))
        .DistinctBy(one => one.Key).ToFrozenDictionary(one => one.Key, one => one.Act);

    public AuditAct? Of(JournalEntry entry)
    {
        if (entry.Kind == EntryKind.Added && _byMade.TryGetValue(entry.Key, out var made) && made.Started <= entry.Time)
            return made;
        if (tasks is null || !tasks.TryGetValue(entry.Key, out var origin))
            return UnderWay(entry.Key, entry.Time);
        return _byTask.TryGetValue((entry.Pool, origin.Reference), out var began) ? began
            : origin.On.Select(on => UnderWay(on, entry.Time)).FirstOrDefault(act => act is not null) ?? UnderWay(entry.Key, entry.Time);
    }

    private AuditAct? UnderWay(ObjectKey key, DateTimeOffset time) => _byTarget.TryGetValue(key, out var acts)
        ? acts.FirstOrDefault(act => act.Started <= time && time <= (act.Ended is { } ended ? ended + s_late : act.Started + s_longestUnended)) : null;
}
