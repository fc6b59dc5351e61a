namespace XoBlazor.App.Accounts.Ldap;

/// <summary>Gives the password of a directory's service account, unsealed, for the moment it is needed; null when there is none. Thread-safe.</summary>
internal delegate ValueTask<string?> ResolveSecret(DirectorySettings directory, CancellationToken token);
