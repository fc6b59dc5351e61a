namespace XoBlazor.Core.Patching.Rolling;

/// <summary>One line of a run's log, with names as they were then.</summary>
/// <param name="Host">The uuid of the host whose turn it was; null for the whole pool.</param>
public sealed record RollingNote(DateTimeOffset Time, string Words, bool IsProblem = false, string? Host = null);
