using System.Collections.Immutable;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>An account of a directory as we last knew it.</summary>
/// <param name="IsOut">The directory's last word was that the person is gone or barred.</param>
internal sealed record KnownAccount(string Id, string Name, ImmutableArray<string> GroupIds, bool IsOut = false);

/// <summary>What is different in the directory now. Accounts without a difference yield nothing.</summary>
internal abstract record DirectoryChange(KnownAccount Known)
{
    /// <summary>Gone from the directory, or from what the user filter and base let in: its sessions have to end.</summary>
    public sealed record Vanished(KnownAccount Known) : DirectoryChange(Known);

    /// <summary>Disabled or expired: its sessions have to end.</summary>
    public sealed record Barred(KnownAccount Known, AccountProblem Problem) : DirectoryChange(Known);

    /// <summary>Was out, and is in the directory again.</summary>
    public sealed record Returned(KnownAccount Known, DirectoryAccount Now) : DirectoryChange(Known);

    /// <summary>Another name or other groups.</summary>
    public sealed record Changed(KnownAccount Known, DirectoryAccount Now) : DirectoryChange(Known)
    {
        public IEnumerable<DirectoryGroup> Added => Now.Groups.Where(group => !Known.GroupIds.Contains(group.Id));

        public IEnumerable<string> RemovedIds => Known.GroupIds.Except(Now.Groups.Select(group => group.Id));
    }
}
