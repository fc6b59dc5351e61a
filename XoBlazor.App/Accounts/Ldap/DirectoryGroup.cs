namespace XoBlazor.App.Accounts.Ldap;

/// <summary>A group as a directory says now. <see cref="Id"/> is immutable within the directory, the rest may change.</summary>
/// <param name="Dn">Empty where groups have none.</param>
internal sealed record DirectoryGroup(string Id, string Dn, string Name);
