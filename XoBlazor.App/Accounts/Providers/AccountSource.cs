using System.Collections.Immutable;
using XoBlazor.App.Accounts.Ldap;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>Who vouches for accounts that do not prove themselves here: a directory, or a plugin. Accounts and groups are linked to it by <see cref="Id"/>, which never changes.</summary>
/// <param name="Name">What people call it; messages about it begin with this.</param>
internal sealed record AccountSource(Guid Id, string Name)
{
    /// <summary>What members of its groups get besides grants that were given by hand.</summary>
    public ImmutableArray<DirectoryGroupMapping> Mappings { get; init; } = [];
}
