using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.Tasks;

/// <summary>The verbs of the hosts' tasks.</summary>
public static class TaskOperations
{
    /// <summary>The host answers at once; whether the work could be stopped shows in the task.</summary>
    public static Operation Cancel { get; } = new OperationOn<XapiTask>("task.cancel", new("task.cancel", "Cancel tasks", RightLevel.Operate),
        (work, task) => work.CallAsync("task.cancel", task.Ref))
    {
        Title = "Cancel",
        Progressive = "Cancelling",
        Description = "Asks the host to give the task up.",
        Confirmation = Confirmation.Ask,
        Consequence = "What the task has done so far is undone or left as the host can.",
        Unless = (_, task) =>
            task.Status is not (XapiTaskStatus.Pending or XapiTaskStatus.Cancelling) ? $"{ForeignText.Shown(task.NameLabel)} has already ended."
            : !task.AllowedOperations.Contains(TaskOperation.Cancel) ? $"{ForeignText.Shown(task.NameLabel)} cannot be cancelled at this point."
            : null,
    };

    public static Operation Forget { get; } = new OperationOn<XapiTask>("task.destroy", new("task.destroy", "Take ended tasks away", RightLevel.Operate),
        (work, task) => work.CallAsync("task.destroy", task.Ref))
    {
        Title = "Take away",
        Progressive = "Taking away",
        Description = "Takes an ended task off the list; the journal keeps it.",
        Group = OperationGroup.Delete,
        Unless = (_, task) => task.Status is XapiTaskStatus.Pending or XapiTaskStatus.Cancelling ? $"{ForeignText.Shown(task.NameLabel)} is still going on; cancel it first." : null,
    };

    public static ImmutableArray<Operation> All { get; } = [Cancel, Forget];
}
