using XoBlazor.Core.Access;

namespace XoBlazor.App.Administration;

/// <summary>A grant as people look at one.</summary>
/// <param name="Subject">The user's or group's name.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Scope">Null for one of a newer version, which gives nothing here.</param>
public sealed record GrantLine(
    Guid Id, SubjectKind Kind, Guid SubjectId, string Subject, string RoleId, string Role, AccessScope? Scope, DateTimeOffset Created, string CreatedBy);
