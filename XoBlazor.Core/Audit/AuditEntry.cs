namespace XoBlazor.Core.Audit;

/// <summary>A written record: its number, counted from 1 without gaps, and its link in the chain.</summary>
/// <param name="Hash">SHA-256 over the hash before it, the number and the record's bytes, as lower-case hex.</param>
public sealed record AuditEntry(long Number, string Hash, AuditRecord Record);
