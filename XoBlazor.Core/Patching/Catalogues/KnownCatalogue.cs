namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>A catalogue, and where it is from.</summary>
/// <param name="AsOf">When it was fetched or uploaded.</param>
/// <param name="IsUploaded">An administrator put it in the place of the one that is fetched.</param>
public sealed record KnownCatalogue(UpdateCatalogue Catalogue, DateTimeOffset AsOf, bool IsUploaded);
