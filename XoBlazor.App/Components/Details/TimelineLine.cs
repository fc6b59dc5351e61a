using XoBlazor.Core.Journal;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Details;

/// <summary>A line of a timeline: a change from the journal, or an alert or act in words.</summary>
internal sealed record TimelineLine(DateTimeOffset Time, object Key, string Icon, string Tone, string Title, string Text, JournalEntry? Entry = null)
{
    public static TimelineLine Of(JournalEntry entry) => new(entry.Time, entry.Position, "", "", "", "", entry);

    public static TimelineLine Of(Alert alert) =>
        new(alert.Message.Timestamp, alert.Message.Ref, "alert", alert.IsUrgent ? "tone-busy" : "tone-idle", alert.Title, alert.Text);

    public static TimelineLine Of(OperationRun run, Core.Store.PoolPicture picture) => new(run.Started, run, "user",
        run.Result is { End: OperationEnd.Failed } ? "tone-bad" : run.Result is null ? "tone-busy" : "tone-good",
        $"{run.Requester.Actor.Name}: {run.Operation.Title}", run.Result switch
        {
            null => "is going on.",
            { End: OperationEnd.Succeeded } => "was done.",
            // Another person's run may name what only that person may view.
            var ended => ended.In(picture),
        });
}
