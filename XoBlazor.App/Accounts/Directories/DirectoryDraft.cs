using XoBlazor.App.Accounts.Ldap;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>What settings of a directory must say before they can work.</summary>
internal static class DirectoryDraft
{
    /// <summary>Each field that must not be empty, in words, with what it holds.</summary>
    public static IEnumerable<(string What, string? Text)> Needed(DirectorySettings settings)
    {
        yield return ("a server", settings.Uris.IsDefaultOrEmpty ? null : settings.Uris[0]);
        yield return ("the base where users are", settings.UserBase);
        yield return ("the filter that finds a user", settings.UserFilter);
        yield return ("the attribute with the users' lasting id", settings.IdAttribute);
        yield return ("the attribute with the users' name", settings.NameAttribute);
        if (settings.Groups is not { } groups)
            yield break;
        yield return ("the base where groups are", groups.Base);
        yield return ("the filter that finds groups", groups.Filter);
        yield return ("the attribute with the groups' lasting id", groups.IdAttribute);
        yield return ("the attribute with the groups' name", groups.NameAttribute);
        yield return ("the attribute that tells who is in a group", groups.Lookup == GroupLookup.InGroups ? groups.GroupAttribute : groups.MemberOfAttribute);
    }
}
