using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>
/// Which objects the tasks of a pool have worked on. A host takes an ended task out of the object's <c>current_operations</c> at once and keeps the task
/// for a while; here it stays known as long as there is the task, also when the object itself is gone by then. Immutable.
/// </summary>
internal sealed class TaskWork
{
    public static readonly TaskWork None = new(ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>>.Empty);

    /// <summary>By task, then by object: its last state when it is gone.</summary>
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>> _byTask;

    private TaskWork(ImmutableDictionary<string, ImmutableDictionary<string, XapiObject?>> byTask) => _byTask = byTask;

    /// <summary>What a task works or worked on, by reference, with the last state of what is gone.</summary>
    public IEnumerable<KeyValuePair<string, XapiObject?>> Of(string task) => _byTask.TryGetValue(task, out var holders) ? holders : [];

    /// <summary>All tasks with what they work or worked on.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableDictionary<string, XapiObject?>>> All => _byTask;

    /// <summary>The same after a batch.</summary>
    /// <param name="isThere">Whether there is a task with the reference after it.</param>
    public TaskWork After(IReadOnlyList<ObjectChange> changes, Func<string, bool> isThere)
    {
        var next = _byTask.ToBuilder();
        foreach (var change in changes)
        {
            var (holder, type) = (change.Object.Ref, change.Object.Class);
            if (type == XapiClass.XapiTask)
            {
                if (change.After is null)
                    next.Remove(holder);
                continue;
            }

            if (LooseReferences.OperationsField(type) is not (>= 0 and var field))
                continue;
            if (change.Kind != ChangeKind.Modified && next.Count > 0)
                foreach (var task in next.Where(t => t.Value.ContainsKey(holder)).Select(t => t.Key).ToList())
                    next[task] = next[task].SetItem(holder, change.After is null ? change.Before : null);
            if (change.Kind != ChangeKind.Modified || change.Fields.Contains(field))
                foreach (var task in Tasks(change.Before, field).Concat(Tasks(change.After, field)).Where(isThere))
                    next[task] = (next.TryGetValue(task, out var holders) ? holders : ImmutableDictionary<string, XapiObject?>.Empty)
                        .SetItem(holder, change.After is null ? change.Before : null);
        }

        return next.Count == 0 ? None : new(next.ToImmutable());
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
