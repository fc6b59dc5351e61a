using System.Collections.Immutable;
using XoBlazor.App.Accounts.Ldap;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>A person as the provider says now who has just vouched for them. Linked to an account by provider and <see cref="Id"/>, never by name or mail.</summary>
internal record ProvenPerson
{
    /// <summary>What the provider calls the person for good, and nobody else ever.</summary>
    public required string Id { get; init; }

    /// <summary>The sign-in name in the provider's spelling, not in that of whoever typed it.</summary>
    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Mail { get; init; }

    /// <summary>All groups, each once.</summary>
    public required ImmutableArray<DirectoryGroup> Groups { get; init; }

    /// <summary>False lets in only who has an account already.</summary>
    public bool MayBeNew { get; init; } = true;
}
