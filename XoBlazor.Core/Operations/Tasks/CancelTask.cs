using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Tasks;

/// <summary>Asks the host to give a task up. The host answers at once; whether the work could be stopped shows in the task.</summary>
internal sealed class CancelTask() : Operation("task.cancel", new Right("task.cancel", "Cancel tasks", RightLevel.Operate), XapiClass.XapiTask)
{
    public static Operation Instance { get; } = new CancelTask
    {
        Title = "Cancel",
        Progressive = "Cancelling",
        Description = "Asks the host to give the task up.",
        Confirmation = Confirmation.Ask,
        Consequence = "What the task has done so far is undone or left as the host can.",
    };

    public override string? Obstacle(PoolPicture pool, XapiObject target)
    {
        var task = (XapiTask)target;
        return task.Status is not (XapiTaskStatus.Pending or XapiTaskStatus.Cancelling) ? $"{ForeignText.Shown(task.NameLabel)} has already ended."
            : !task.AllowedOperations.Contains(TaskOperation.Cancel) ? $"{ForeignText.Shown(task.NameLabel)} cannot be cancelled at this point."
            : null;
    }

    internal override async Task<XenRef<XapiTask>> BeginAsync(XapiConnection connection, XapiObject target, OperationArguments arguments, CancellationToken token)
    {
        await connection.CallAsync("task.cancel", [target.Ref], token);
        return default;
    }
}
