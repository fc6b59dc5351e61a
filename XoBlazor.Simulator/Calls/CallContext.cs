using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Calls;

/// <summary>One call on its way: who calls, with which arguments, under which task. Lives as long as the call.</summary>
internal sealed class CallContext(
    PoolSimulator pool, CallFact call, string? session, IReadOnlyDictionary<string, XapiValue> arguments, string taskRef, bool hasTask,
    string hostRef, CancellationToken cancellation)
{
    /// <summary>A running operation writes its progress this many times.</summary>
    private const int Steps = 4;

    public PoolSimulator Pool { get; } = pool;

    public Database Db => Pool.Db;

    public CallFact Call { get; } = call;

    /// <summary>The session's reference; null for the few calls that need none.</summary>
    public string? Session { get; } = session;

    /// <summary>The host that the call came to.</summary>
    public string HostRef { get; } = hostRef;

    /// <summary>What goes into <c>current_operations</c>: the task's reference, or a dummy when the call has no row.</summary>
    public string TaskRef { get; } = taskRef;

    /// <summary>The task's row; null when the call has none.</summary>
    public DbObject? Task { get; } = hasTask ? new(pool.Db, "task", taskRef) : null;

    /// <summary>Ends when the simulator stops; a call does not end when its client goes away, as in xapi.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    public XapiValue this[string name] => arguments.TryGetValue(name, out var value)
        ? value : throw new ArgumentException($"{Call.FullName} has no parameter {name}", nameof(name));

    /// <summary>Whether the call of this pool's age has the parameter.</summary>
    public bool Has(string name) => arguments.ContainsKey(name);

    public string Text(string name) => this[name].AsText;

    public long Int(string name) => this[name].AsInt;

    public bool Bool(string name) => this[name].AsBool;

    public MapValue Map(string name) => this[name].AsMap;

    /// <summary>The object an argument refers to, of the class the datamodel declares; HANDLE_INVALID when there is none.</summary>
    public DbObject Object(string name)
    {
        var type = Call.Parameters.First(p => p.Name == name).Type;
        return Db.Get(type.Name, Text(name));
    }

    /// <summary>As <see cref="Object"/>, but null for the null reference.</summary>
    public DbObject? OptionalObject(string name) => this[name].Equals(XapiValue.NullRef) ? null : Object(name);

    /// <summary>
    /// Lets the operation take its time: <paramref name="weight"/> times the configured duration of an operation, moving the task's
    /// progress from where it is to <paramref name="upTo"/>. Fails with TASK_CANCELLED when a client cancelled the task meanwhile.
    /// </summary>
    public async Task WorkAsync(double weight = 1, double upTo = 1)
    {
        var from = Task is { Exists: true } task ? task["progress"].AsFloat : 0;
        var pause = Pool.Options.OperationDuration * weight / Steps;
        for (var step = 1; step <= Steps; step++)
        {
            if (pause > TimeSpan.Zero)
                await System.Threading.Tasks.Task.Delay(pause, Pool.Time, Cancellation);
            ThrowIfCancelled();
            Progress(from + ((upTo - from) * step / Steps));
        }
    }

    public void Progress(double fraction)
    {
        if (Task is { Exists: true } task)
            task["progress"] = Math.Round(fraction, 3);
    }

    public void ThrowIfCancelled()
    {
        if (Task is { Exists: true } task && task["current_operations"].AsMap.Entries.Any(e => e.Value.AsText == "cancel"))
            throw new XapiException("TASK_CANCELLED", TaskRef);
    }
}
