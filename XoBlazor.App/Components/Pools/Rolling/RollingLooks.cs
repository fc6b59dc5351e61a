using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.App.Components.Pools.Rolling;

/// <summary>How rolling reboots look.</summary>
internal static class RollingLooks
{
    public static Look State(RollingRun run) => new(run.State switch
    {
        RollingState.Running => "busy",
        RollingState.Paused => "paused",
        RollingState.Stopped => "failed",
        RollingState.Completed => "done",
        RollingState.Cancelled => "cancelled",
    }, RollingReport.State(run), run.State switch
    {
        RollingState.Running => Tone.Busy,
        RollingState.Paused => Tone.Held,
        RollingState.Stopped => Tone.Bad,
        RollingState.Completed => Tone.Good,
        RollingState.Cancelled => Tone.Idle,
    });

    public static Look Turn(RollingRun run, RollingHost host)
    {
        var isStuck = run.State == RollingState.Stopped && run.Current?.Uuid == host.Uuid;
        var word = RollingReport.Turn(run, host);
        return isStuck ? new("failed", $"Stopped: {word}", Tone.Bad) : new(host.Turn switch
        {
            RollingTurn.Waiting => "pending",
            RollingTurn.Emptying or RollingTurn.Leaving => "move",
            RollingTurn.Installing => "import",
            RollingTurn.Rebooting or RollingTurn.Returning or RollingTurn.Settling => "reboot",
            RollingTurn.Starting => "start",
            RollingTurn.Done => "done",
            RollingTurn.Skipped => host.IsUpToDate ? "done" : "cancelled",
        }, SentenceText.Capital(word), host.Turn switch
        {
            RollingTurn.Waiting => Tone.Idle,
            RollingTurn.Skipped => host.IsUpToDate ? Tone.Good : Tone.Idle,
            RollingTurn.Done => Tone.Good,
            RollingTurn.Emptying or RollingTurn.Installing or RollingTurn.Rebooting or RollingTurn.Returning or RollingTurn.Settling or RollingTurn.Starting or RollingTurn.Leaving => Tone.Busy,
        });
    }

    public static Look Level(FindingLevel level) => level switch
    {
        FindingLevel.Blocks => new("error", "In the way", Tone.Bad),
        FindingLevel.Warns => new("warning", "To be known", Tone.Busy),
        FindingLevel.Tells => new("done", "Fine", Tone.Good),
    };
}
