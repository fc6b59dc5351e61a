using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Messages;

/// <summary>A message about an object: an alert or a notice. Its number orders messages as generations order rows.</summary>
internal sealed record Message(string Ref, long Number, RowState State)
{
    public string this[string field] => State.Values[State.Schema.Find(field)!.Index].AsText;
}

/// <summary>
/// The pool's messages. They are no rows of the database: they have their own numbering, are only ever added and destroyed, and at
/// most ten thousand are kept. Any thread may call.
/// </summary>
internal sealed class MessageLog(Schema schema, TimeProvider time)
{
    private const int MostMessages = 10_000;
    private const int MostDeletions = 1024;

    private readonly Lock _gate = new();
    private readonly SortedList<long, Message> _messages = [];
    private readonly Dictionary<string, long> _numbers = [];
    private readonly List<Deletion> _deletions = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>A task that ends with the next change.</summary>
    public Task NextChange
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    public long LastNumber
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Message> All
    {
        get
        {
            lock (_gate)
                return [.. _messages.Values];
        }
    }

    /// <summary>Writes a message. The priority is 1 (critical) to 5 (informational); the object is named by its uuid.</summary>
    public Message Create(string name, long priority, string className, string uuid, string body) => Restore(
        Database.NewRef(), 0,
        [
            ("uuid", Database.NewUuid()), ("name", name), ("priority", priority), ("cls", className), ("obj_uuid", uuid),
            ("timestamp", time.GetUtcNow()), ("body", body),
        ]);

    /// <summary>Puts a message from elsewhere into the log, with its own reference; a number of zero means the next one.</summary>
    public Message Restore(string reference, long number, IEnumerable<(string Field, XapiValue Value)> fields)
    {
        var type = schema["message"];
        XapiValue[] values = [.. type.Fields.Select(f => f.Default)];
        foreach (var (field, value) in fields)
            if (type.Find(field) is { } known)
                values[known.Index] = value;
        lock (_gate)
        {
            _last = number > 0 ? Math.Max(_last, number) : _last + 1;
            var message = new Message(reference, number > 0 ? number : _last, new(type, values));
            _messages.Add(message.Number, message);
            _numbers.Add(reference, message.Number);
            if (_messages.Count > MostMessages)
                RemoveLocked(_messages.Values[0]);
            SignalLocked();
            return message;
        }
    }

    public Message? Find(string reference)
    {
        lock (_gate)
            return _numbers.TryGetValue(reference, out var number) ? _messages[number] : null;
    }

    public bool Destroy(string reference)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(reference, out var number))
                return false;
            RemoveLocked(_messages[number]);
            SignalLocked();
            return true;
        }
    }

    /// <summary>What changed after a number: deletions, then additions, each oldest first; and the number of the last change.</summary>
    public (IReadOnlyList<Deletion> Deleted, IReadOnlyList<Message> Added, long Last) ChangedSince(long number)
    {
        lock (_gate)
            return (
                [.. _deletions.Where(d => d.Deleted > number && d.Created <= number)],
                [.. _messages.Values.SkipWhile(m => m.Number <= number)], _last);
    }

    public void ForgetDeletions()
    {
        lock (_gate)
            _deletions.Clear();
    }

    private void RemoveLocked(Message message)
    {
        _messages.Remove(message.Number);
        _numbers.Remove(message.Ref);
        _deletions.Add(new(message.Ref, message.Number, ++_last));
        if (_deletions.Count >= MostDeletions)
            _deletions.RemoveRange(0, MostDeletions / 2);
    }

    private void SignalLocked()
    {
        var signal = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        signal.TrySetResult();
    }
}
