using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Live;

/// <summary>How a task's state looks.</summary>
public static class TaskLooks
{
    public static Look State(XapiTask task) => task.Status switch
    {
        XapiTaskStatus.Pending => new("pending", "Running", Tone.Busy),
        XapiTaskStatus.Success => new("done", "Done", Tone.Good),
        XapiTaskStatus.Failure => new("failed", "Failed", Tone.Bad),
        XapiTaskStatus.Cancelling => new("pending", "Cancelling", Tone.Busy),
        XapiTaskStatus.Cancelled => new("cancelled", "Cancelled", Tone.Idle),
        XapiTaskStatus.Unrecognised => new("unknown", "Unknown", Tone.Idle),
    };
}
