using System.Collections.Immutable;

namespace XoBlazor.Core.Access;

/// <summary>One policy took another's place.</summary>
/// <param name="Users">The ids of the users whose grants differ.</param>
public sealed record PolicyChange(AccessPolicy Before, AccessPolicy After, ImmutableHashSet<string> Users);
