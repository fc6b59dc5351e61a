namespace XoBlazor.App.Accounts.Directories;

/// <summary>What the last synchronisation of a directory found.</summary>
/// <param name="Accounts">How many accounts it was asked about.</param>
/// <param name="Changed">How many have another name or other groups now.</param>
/// <param name="Disabled">How many are gone or barred there, and disabled here.</param>
/// <param name="Enabled">How many were gone or barred, are not any more, and are enabled here again.</param>
/// <param name="Problem">Why it ended early, in words; null when all were read.</param>
public sealed record DirectorySyncReport(DateTimeOffset Started, TimeSpan Took, int Accounts, int Changed, int Disabled, int Enabled, string? Problem);
