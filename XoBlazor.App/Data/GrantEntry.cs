using XoBlazor.Core.Access;

namespace XoBlazor.App.Data;

/// <summary>The row of one grant: <see cref="Grant"/> with its scope as JSON.</summary>
public sealed class GrantEntry
{
    /// <summary>Our own name of the grant.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whether it is for an account or a group.</summary>
    public required SubjectKind SubjectKind { get; init; }

    /// <summary>The account or group.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The role it gives.</summary>
    public required string RoleId { get; init; }

    /// <summary>Where it holds, see <see cref="ScopeText"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Who gave it, by name.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>It follows from a directory's mapping of groups to roles, and goes when that does.</summary>
    public bool IsMapped { get; init; }
}
