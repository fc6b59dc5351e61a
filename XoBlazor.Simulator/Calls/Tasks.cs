using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Calls;

/// <summary>The life of a task row, written in xapi's order: the status last, so that who sees it final sees all.</summary>
internal static class Tasks
{
    public static DbObject Create(PoolSimulator pool, string label, string description, string hostRef) => pool.Db.Create(
        "task",
        ("name_label", label), ("name_description", description), ("created", pool.Now), ("status", "pending"), ("resident_on", hostRef),
        ("progress", 0.0), ("type", "<none/>"), ("backtrace", "()"));

    public static void Succeed(PoolSimulator pool, DbObject task, string result) => Finish(pool, task, () =>
    {
        task["progress"] = 1.0;
        task["result"] = result;
        task["status"] = "success";
    });

    public static void Fail(PoolSimulator pool, DbObject task, XapiException failure) => Finish(pool, task, () =>
    {
        task["progress"] = 1.0;
        task["error_info"] = XapiValue.SetOf([failure.Code, .. failure.Parameters]);
        task["status"] = failure.Code == "TASK_CANCELLED" ? "cancelled" : "failure";
    });

    private static void Finish(PoolSimulator pool, DbObject task, Action write) => pool.Db.Update(() =>
    {
        // A client may have destroyed the task meanwhile.
        if (!task.Exists)
            return;
        task["allowed_operations"] = XapiValue.EmptySet;
        task["finished"] = pool.Now;
        write();
        if (task["current_operations"].AsMap["task"] is { } mark && mark.AsText == "destroy")
            task.Destroy();
    });
}
