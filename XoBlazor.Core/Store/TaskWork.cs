using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>
/// Which objects the tasks of a pool have worked on. A host takes an ended task out of the object's <c>current_operations</c> at once and keeps the task
/// for a while; here it stays known as long as there is the task, also when the object itself is gone by then, and for the last tasks that went. Immutable.
/// </summary>
internal sealed class TaskWork
{
    // Minutes of a busy pool. Of many pools, more would fill for hours, and look like a leak.
    private const int MostGone = 64;

    public static readonly TaskWork None = new(
        ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>>.Empty, ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>>.Empty, []);

    /// <summary>By task, then by object: its last state when it is gone.</summary>
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>> _byTask;

    /// <summary>The same of tasks that are gone, and in which order they went.</summary>
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>> _byGone;
    private readonly ImmutableQueue<string> _gone;

    private TaskWork(
        ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>> byTask,
        ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>> byGone,
        ImmutableQueue<string> gone) => (_byTask, _byGone, _gone) = (byTask, byGone, gone);

    /// <summary>What a task works or worked on, by reference, with the last state of what is gone.</summary>
    public IEnumerable<KeyValuePair<string, XapiObject?>> Of(string task) =>
        _byTask.TryGetValue(task, out var holders) || _byGone.TryGetValue(task, out holders) ? holders : [];

    /// <summary>All tasks that are there with what they work or worked on.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableDictionary<string, XapiObject?>>> All => _byTask;

    /// <summary>The same after a batch.</summary>
    /// <param name="isThere">Whether there is a task with the reference after it.</param>
    public TaskWork After(IReadOnlyList<ObjectChange> changes, Func<string, bool> isThere)
    {
        var next = _byTask.ToBuilder();
        var byGone = _byGone.ToBuilder();
        var order = _gone;
        var turned = new Dictionary<string, XapiObject?>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var (holder, type) = (change.Object.Ref, change.Object.Class);
            if (type == XapiClass.XapiTask)
            {
                if (change.After is null && next.Remove(holder, out var worked))
                    (byGone[holder], order) = (worked, order.Enqueue(holder));
                continue;
            }

            if (LooseReferences.OperationsField(type) is not (>= 0 and var field))
                continue;
            if (change.Kind != ChangeKind.Modified)
                turned[holder] = Gone(change);
            if (change.Kind != ChangeKind.Modified || change.Fields.Contains(field))
                foreach (var task in Tasks(change.Before, field).Concat(Tasks(change.After, field)).Where(isThere))
                    next[task] = (next.TryGetValue(task, out var holders) ? holders : ImmutableDictionary<string, XapiObject?>.Empty)
                        .SetItem(holder, Gone(change));
        }

        if (turned.Count > 0)
        {
            Turn(next, turned);
            Turn(byGone, turned);
        }

        // A task that comes again under its old reference is another one.
        foreach (var change in changes)
            if (change.Object.Class == XapiClass.XapiTask && change.After is not null)
                byGone.Remove(change.Object.Ref);
        while (byGone.Count > MostGone)
        {
            order = order.Dequeue(out var oldest);
            byGone.Remove(oldest);
        }

        return new(next.ToImmutable(), byGone.ToImmutable(), byGone.Count == 0 ? [] : order);
    }

    private static XapiObject? Gone(ObjectChange change) => change.After is null ? LastState.Of(change.Before!) : null;

    /// <summary>Takes note of what came or went, once for all tasks.</summary>
    private static void Turn(ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>>.Builder byTask, Dictionary<string, XapiObject?> turned)
    {
        foreach (var (task, holders) in byTask.ToList())
            foreach (var holder in holders.Keys)
                if (turned.TryGetValue(holder, out var last))
                    byTask[task] = byTask[task].SetItem(holder, last);
    }

    private static List<string> Tasks(XapiObject? holder, int field)
    {
        var tasks = new Collector(field);
        if (holder is not null)
            LooseReferences.Visit(holder, tasks);
        return tasks.Found;
    }

    private sealed class Collector(int wanted) : IReferenceVisitor
    {
        public List<string> Found { get; } = [];

        public void Visit(int field, string reference)
        {
            if (field == wanted)
                Found.Add(reference);
        }
    }
}
