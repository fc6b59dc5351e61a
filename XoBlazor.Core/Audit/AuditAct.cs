namespace XoBlazor.Core.Audit;

/// <summary>One thing that was done: the record of its beginning and that of its end, as far as there are two.</summary>
/// <param name="Newest">The end; the beginning while it goes on; the only record of what takes no time.</param>
/// <param name="Begun">The beginning, where it is another record; its parameters stand only there.</param>
public sealed record AuditAct(AuditEntry Newest, AuditEntry? Begun)
{
    /// <summary>When it began.</summary>
    public DateTimeOffset Started => First.Time;

    /// <summary>When it ended; null while it goes on, or when nobody wrote that down.</summary>
    public DateTimeOffset? Ended => Newest.Record.Outcome == AuditOutcome.Begun ? null : Newest.Record.Time;

    /// <summary>The record with the parameters.</summary>
    public AuditRecord First => (Begun ?? Newest).Record;

    /// <summary>The record with the outcome.</summary>
    public AuditRecord Last => Newest.Record;
}
