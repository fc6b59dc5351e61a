using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>All updates that the maker of XenServer ever gave out for hosts up to 8.2, and which of them each version may have. Immutable.</summary>
/// <param name="Updates">By their uuids.</param>
/// <param name="Versions">The uuids of the updates for a version, by its number (<c>7.6.0</c>).</param>
public sealed record UpdateCatalogue(FrozenDictionary<string, MissingUpdate> Updates, FrozenDictionary<string, ImmutableArray<string>> Versions);
