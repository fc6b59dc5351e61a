using System.Collections.Immutable;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>Finds people in a directory and reads what their entries say. What it takes from an entry is bounded and free of control characters.</summary>
internal static class DirectoryUsers
{
    public const int LongestName = 256;

    /// <summary>Whether a typed name is worth asking a directory about.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);

    /// <summary>The entries a typed name finds, at most two: one is the person, two are one too many.</summary>
    public static Task<List<FoundEntry>> FindAsync(DirectorySession session, string name, CancellationToken token) =>
        FindAsync(session, UserFilterOf(session.Directory).Named(name), token);

    /// <summary>The entry of a person by the directory's lasting id, as long as the settings let it in; at most two, see above.</summary>
    public static Task<List<FoundEntry>> FindByIdAsync(DirectorySession session, string id, CancellationToken token) =>
        FindAsync(session, LdapFilter.All(UserFilterOf(session.Directory).Anybody(), HasId(session.Directory, id)), token);

    /// <summary>Finds the entry with an id.</summary>
    public static LdapFilter HasId(DirectorySettings directory, string id) => new LdapFilter.Equality(directory.IdAttribute, ImmutableId.ToBytes(directory.IdAttribute, id));

    private static async Task<List<FoundEntry>> FindAsync(DirectorySession session, LdapFilter filter, CancellationToken token)
    {
        var found = new List<FoundEntry>();
        var search = Search(session.Directory, filter) with { SizeLimit = 2, PageSize = 0 };
        try
        {
            await foreach (var entry in session.SearchAsync(search, token))
            {
                found.Add(entry);
                if (found.Count == 2)
                    break;
            }
        }
        catch (LdapResultException e) when (e.Code == LdapResultCode.SizeLimitExceeded && found.Count == 2)
        {
            // The server has more than we asked for, which says the same as two.
        }

        return found;
    }

    /// <summary>A search for users with everything that is read of them.</summary>
    public static LdapSearch Search(DirectorySettings directory, LdapFilter filter) => new()
    {
        Base = directory.UserBase,
        Scope = directory.UserScope,
        Filter = filter,
        Attributes = Attributes(directory),
        PageSize = directory.PageSize,
    };

    public static UserFilter UserFilterOf(DirectorySettings directory)
    {
        try
        {
            return UserFilter.Parse(directory.UserFilter);
        }
        catch (FormatException e)
        {
            throw new DirectoryException(DirectoryTrouble.Settings, $"{directory.Name}: {e.Message}", e);
        }
    }

    /// <summary>
    /// The person of an entry, without groups. <paramref name="typed"/> chooses among several names of one entry; the spelling is the
    /// directory's, so that what the server thinks equal is one name here. Fails with words when id or name are missing.
    /// </summary>
    public static DirectoryAccount Read(DirectorySettings directory, LdapEntry entry, string? typed)
    {
        var id = ImmutableId.Of(entry, directory.IdAttribute)
            ?? throw Unusable(directory, entry, $"has no single value of {directory.IdAttribute}. Choose another id attribute, or let the service account read it.");
        var names = entry.Texts(directory.NameAttribute).Where(IsName).ToList();
        var name = names.FirstOrDefault(each => each.Equals(typed, StringComparison.OrdinalIgnoreCase)) ?? names.FirstOrDefault()
            ?? throw Unusable(directory, entry, $"has no usable {directory.NameAttribute}. Choose another name attribute, or let the service account read it.");
        return new DirectoryAccount
        {
            DirectoryId = directory.Id,
            Id = id,
            Dn = entry.Dn,
            Name = name,
            DisplayName = Line(entry.Text(directory.DisplayNameAttribute)),
            Mail = entry.Texts(directory.MailAttribute).FirstOrDefault(IsMail),
            Groups = [],
        };
    }

    private static ImmutableArray<string> Attributes(DirectorySettings directory)
    {
        var names = new List<string> { directory.IdAttribute, directory.NameAttribute, directory.DisplayNameAttribute, directory.MailAttribute };
        names.AddRange(AccountState.Attributes);
        if (directory.Groups is { } groups)
            names.AddRange(DirectoryGroups.AttributesOfUsers(groups));
        return [.. names.Where(name => !string.IsNullOrWhiteSpace(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string? Line(string? text) => text is null || LdapWords.Printable(text, LongestName) is not { Length: > 0 } line ? null : line;

    private static bool IsMail(string text) =>
        text.Length <= 254 && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1
        && text.All(letter => letter is > ' ' and not ('<' or '>' or '"' or ',' or ';') && !char.IsControl(letter));

    private static DirectoryException Unusable(DirectorySettings directory, LdapEntry entry, string why) =>
        new(DirectoryTrouble.Settings, $"{directory.Name}: the entry {LdapWords.Printable(entry.Dn)} {why}");
}
