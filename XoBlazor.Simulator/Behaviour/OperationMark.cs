using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// An operation running on an object: entered into its <c>current_operations</c>, taken out when disposed, <c>allowed_operations</c>
/// recomputed both times. While another operation is in the way the call waits for it, as xapi does for up to two hours.
/// </summary>
internal sealed class OperationMark : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);

    private readonly DbObject _target;
    private readonly string _task;

    private OperationMark(DbObject target, string operation, string task)
    {
        (_target, _task) = (target, task);
        _target.AddToMap("current_operations", task, operation);
        AllowedOperations.Update(_target);
    }

    /// <summary>Checks the operation, waits for others to end, then marks it under the call's task.</summary>
    /// <exception cref="XapiException">The operation is refused for another reason than one that passes.</exception>
    public static Task<OperationMark> BeginAsync(CallContext call, DbObject target, string operation) => BeginAsync(call, target, operation, call.TaskRef);

    /// <inheritdoc cref="BeginAsync(CallContext, DbObject, string)"/>
    public static async Task<OperationMark> BeginAsync(CallContext call, DbObject target, string operation, string task)
    {
        var start = call.Pool.Time.GetTimestamp();
        while (true)
        {
            var change = call.Db.NextChange;
            var mark = call.Db.Update<OperationMark?>(() => AllowedOperations.Check(target, operation) switch
            {
                null => new OperationMark(target, operation, task),
                { Code: "OTHER_OPERATION_IN_PROGRESS" } => null,
                var refusal => throw refusal,
            });
            if (mark is not null) return mark;
            if (call.Pool.Time.GetElapsedTime(start) > s_patience) throw AllowedOperations.InProgress(target);
            call.ThrowIfCancelled();
            await change.WaitAsync(call.Cancellation);
        }
    }

    /// <summary>Marks without a check: what the operation itself does to its parts.</summary>
    public static OperationMark Put(DbObject target, string operation, string task) => new(target, operation, task);

    public void Dispose() => _target.Db.Update(() =>
    {
        if (!_target.Exists) return;
        _target.RemoveFromMap("current_operations", _task);
        AllowedOperations.Update(_target);
    });
}
