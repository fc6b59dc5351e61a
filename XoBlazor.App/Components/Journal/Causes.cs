using System.Collections.Frozen;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Journal;

/// <summary>
/// Which operation caused a change, as far as that can be known: one on the same object that was under way at that moment. What matches none came from
/// outside: another client, the host itself, the guest.
/// </summary>
public sealed class Causes(IEnumerable<AuditAct> acts)
{
    // The events of a change may come a little after that of the task's end.
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(1);

    // Of an act whose end nobody wrote down, because the server stopped: what happened much later was not its doing.
    private static readonly TimeSpan s_longestUnended = TimeSpan.FromHours(1);

    private readonly FrozenDictionary<ObjectKey, AuditAct[]> _byTarget = acts
        .Where(act => act.First is { Outcome: AuditOutcome.Begun, Target.Pool: not null })
        .GroupBy(act => new ObjectKey(act.First.Target!.Pool!, act.First.Target.Id)).ToFrozenDictionary(one => one.Key, one => one.ToArray());

    public AuditAct? Of(JournalEntry entry) => _byTarget.TryGetValue(entry.Key, out var acts)
        ? acts.FirstOrDefault(act => act.Started <= entry.Time && entry.Time <= (act.Ended is { } ended ? ended + s_late : act.Started + s_longestUnended)) : null;
}
