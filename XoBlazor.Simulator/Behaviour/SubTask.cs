using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// A task that an operation starts for a part of its work, as xapi does for each disk of a snapshot: a row of its own under the call's
/// task, ended like any asynchronous call's and destroyed by <see cref="Forget"/>.
/// </summary>
internal sealed class SubTask
{
    private readonly PoolSimulator _pool;
    private readonly DbObject _row;

    private SubTask(PoolSimulator pool, DbObject row) => (_pool, _row) = (pool, row);

    /// <summary>The reference that goes into <c>current_operations</c>.</summary>
    public string Ref => _row.Ref;

    public static SubTask Begin(CallContext call, string name) => new(call.Pool, call.Db.Create("task",
        ("name_label", name),
        ("created", call.Pool.Now),
        ("status", "pending"),
        ("type", "<none/>"),
        ("allowed_operations", XapiValue.SetOf("cancel")),
        ("resident_on", call.Db.Coordinator.Ref),
        ("subtask_of", call.Task is { Exists: true } parent ? parent.Ref : XapiValue.NullRef),
        ("backtrace", "()")));

    /// <summary>Writes the end in xapi's order: the status comes last.</summary>
    public void Succeed(string result)
    {
        if (!_row.Exists) return;
        _row["allowed_operations"] = XapiValue.EmptySet;
        _row["finished"] = _pool.Now;
        _row["progress"] = 1.0;
        _row["result"] = $"<value>{result}</value>";
        _row["status"] = "success";
    }

    /// <summary>Takes the row away.</summary>
    public void Forget() => _row.Destroy();
}
