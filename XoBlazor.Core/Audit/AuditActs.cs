namespace XoBlazor.Core.Audit;

/// <summary>A page of acts, newest first.</summary>
/// <param name="Older">For <see cref="AuditQuery.Before"/> of the next page; null at the end.</param>
public sealed record AuditActs(IReadOnlyList<AuditAct> Acts, long? Older);
