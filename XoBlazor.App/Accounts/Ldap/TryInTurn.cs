namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Tries a password on a person of a directory when that may be, and counts it when it is wrong. Returns null, or why it was not tried, in words for log
/// and audit.
/// </summary>
/// <param name="person">The directory's lasting id of the person; the DN where there is none.</param>
/// <param name="typed">The name at the door; null for somebody who is known.</param>
/// <param name="isWrong">Asks the directory. True when it says that the password is wrong.</param>
internal delegate Task<string?> TryInTurn(DirectorySettings directory, string person, string? typed, Func<Task<bool>> isWrong);
