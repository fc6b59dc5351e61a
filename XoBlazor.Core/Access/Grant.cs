namespace XoBlazor.Core.Access;

/// <summary>Gives a user or the members of a group the rights of a role within a scope. Grants only add; nothing takes away.</summary>
/// <param name="Role">The id of a role; one that no role has gives nothing.</param>
public sealed record Grant(string Id, SubjectId Subject, string Role, AccessScope Scope);
