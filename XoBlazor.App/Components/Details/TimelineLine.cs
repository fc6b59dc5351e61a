using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Settings.Audit;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Details;

/// <summary>A line of a timeline: a change from the journal, or an alert or act in words.</summary>
internal sealed record TimelineLine(DateTimeOffset Time, object Key, string Icon, string Tone, string Title, string Text, JournalEntry? Entry = null)
{
    /// <summary>Where more is told of it.</summary>
    public string? Url { get; private init; }

    public static TimelineLine Of(JournalEntry entry) => new(entry.Time, entry.Position, "", "", "", "", entry);

    public static TimelineLine Of(Alert alert) =>
        new(alert.Message.Timestamp, alert.Message.Ref, "alert", alert.IsUrgent ? "tone-busy" : "tone-idle", alert.Title, alert.Text);

    public static TimelineLine Of(AuditAct act, ViewedActs words)
    {
        var look = AuditLooks.Of(act.Last.Outcome);
        return new(act.Started, act.First, "user", look.ToneClass, $"{ForeignText.Shown(act.First.Actor.Name)}: {words.Title(act)}", act.Last.Outcome switch
        {
            AuditOutcome.Begun => "is going on.",
            AuditOutcome.Succeeded => "was done.",
            _ => words.Message(act) is { } message ? ForeignText.Shown(message) : $"{look.Word}.",
        })
        {
            Url = words.MayOpen ? $"/settings/audit?record={act.Newest.Number}" : null,
        };
    }
}
