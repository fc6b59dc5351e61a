namespace XoBlazor.Core.Audit;

/// <summary>How an act ended. The names stand in the file: never rename one.</summary>
public enum AuditOutcome
{
    /// <summary>It was accepted and goes on; a later record with <see cref="AuditRecord.Of"/> tells its end.</summary>
    Begun,
    Succeeded,
    Failed,

    /// <summary>Not allowed, or not possible: nothing was done.</summary>
    Refused,
    Cancelled,

    /// <summary>Whether it was done cannot be known from here.</summary>
    Unknown,
}
