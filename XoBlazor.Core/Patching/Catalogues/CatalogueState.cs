namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>How the catalogue stands. Immutable.</summary>
/// <param name="Address">Where it is fetched from.</param>
/// <param name="Uploaded">Takes the place of the fetched one; null for none.</param>
/// <param name="Fetched">The last one that could be fetched from there; null for none.</param>
/// <param name="TriedAt">When it was last tried to fetch it; null for not since the server was started.</param>
/// <param name="Problem">Why the last try failed, or why the uploaded one cannot be used any more, for people; null for neither.</param>
public sealed record CatalogueState(string Address, KnownCatalogue? Uploaded, KnownCatalogue? Fetched, DateTimeOffset? TriedAt, string? Problem)
{
    /// <summary>The one that counts; null when there is none.</summary>
    public KnownCatalogue? Current => Uploaded ?? Fetched;
}
