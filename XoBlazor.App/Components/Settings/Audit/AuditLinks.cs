using System.Collections.Frozen;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Components.Settings.Audit;

/// <summary>Where the things of this server that records name have their pages, as long as they are there. Immutable.</summary>
/// <param name="names">Of users and groups.</param>
/// <param name="directories">The directories' identifiers.</param>
public sealed class AuditLinks(IReadOnlyDictionary<SubjectId, string> names, AccessPolicy policy, IEnumerable<Guid> directories)
{
    private readonly FrozenSet<string> _directories = directories.Select(AccessPolicyFeed.Text).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The page of a thing that lies in no pool; null when it is gone, or has none.</summary>
    public string? UrlOf(AuditTarget target) => target switch
    {
        { Pool: not null } => null,
        { Kind: "user" } when names.ContainsKey(SubjectId.User(target.Id)) => $"/settings/users/{target.Id}",
        { Kind: "group" } when names.ContainsKey(SubjectId.Group(target.Id)) => $"/settings/groups/{target.Id}",
        { Kind: "role" } when policy.Roles.ContainsKey(target.Id) => $"/settings/roles/{Uri.EscapeDataString(target.Id)}",
        { Kind: "directory" } when _directories.Contains(target.Id) => $"/settings/directories/{target.Id}",
        { Kind: "pool connection" } => "/settings/pools",
        _ => null,
    };

    /// <summary>The page of somebody who did something; null when the account is gone.</summary>
    public string? UrlOf(AuditActor actor) => UrlOf(new AuditTarget("user", null, actor.Id, actor.Name));
}
