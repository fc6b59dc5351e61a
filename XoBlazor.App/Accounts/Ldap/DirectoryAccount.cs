using System.Collections.Immutable;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>A group as a directory says now. <see cref="Id"/> is immutable within the directory, the rest may change.</summary>
internal sealed record DirectoryGroup(string Id, string Dn, string Name);

/// <summary>A person as a directory says now. Linked to an account by directory and <see cref="Id"/>, never by name or mail.</summary>
internal sealed record DirectoryAccount
{
    public required Guid DirectoryId { get; init; }

    /// <summary>The immutable id in its canonical text.</summary>
    public required string Id { get; init; }

    public required string Dn { get; init; }

    /// <summary>The sign-in name in the directory's spelling, not in that of whoever typed it.</summary>
    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Mail { get; init; }

    /// <summary>All groups, nested and primary ones as the settings say, each once, ordered by id.</summary>
    public required ImmutableArray<DirectoryGroup> Groups { get; init; }

    /// <summary>What the directory's mappings give to these groups, each once.</summary>
    public IEnumerable<DirectoryGroupTarget> Targets(DirectorySettings directory) =>
        directory.Mappings.Where(mapping => Groups.Any(mapping.Matches)).Select(mapping => mapping.Target).Distinct();
}
