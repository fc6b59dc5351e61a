using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class TaskShape
{
    private const string AppliesTo = "applies_to";

    public static void Write(XoShape shape, XapiTask task)
    {
        var json = shape.Json;
        json.WriteString("name_label"u8, task.NameLabel);
        json.WriteString("name_description"u8, task.NameDescription);
        shape.Time("created"u8, task.Created);
        shape.Time("finished"u8, task.Finished);
        shape.Word("status"u8, task.Status);
        json.WriteNumber("progress"u8, double.IsFinite(task.Progress) ? task.Progress : 0);
        json.WriteString("result"u8, task.Result);
        shape.Words("allowedOperations"u8, task.AllowedOperations);
        shape.Operations(task.CurrentOperations);
        if (task.OtherConfig.TryGetValue(AppliesTo, out var target))
            shape.Link("applies_to"u8, shape.Pool.Get(target) ?? shape.Pool.GetByUuid(target));
        shape.Link("$host"u8, task.ResidentOn);
        json.WriteString("xapiRef"u8, task.Ref);
    }
}
