using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>A person as a directory says now. Linked to an account by directory and <see cref="ProvenPerson.Id"/>, the immutable id in its canonical text; never by name or mail.</summary>
internal sealed record DirectoryAccount : ProvenPerson
{
    public required Guid DirectoryId { get; init; }

    public required string Dn { get; init; }

    /// <summary>What the directory's mappings give to these groups, each once.</summary>
    public IEnumerable<DirectoryGroupTarget> Targets(DirectorySettings directory) =>
        directory.Mappings.Where(mapping => Groups.Any(mapping.Matches)).Select(mapping => mapping.Target).Distinct();
}
