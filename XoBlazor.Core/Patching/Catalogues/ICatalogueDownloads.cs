namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>
/// Opens the downloads of the catalogue's updates, with the client id where its server may see it, through the proxy, along redirects. Safe from any thread; nothing is kept
/// between calls.
/// </summary>
public interface ICatalogueDownloads
{
    /// <summary>
    /// Opens the zip of <paramref name="update"/> (<see cref="MissingUpdate.Download"/>): returns once its server has begun to answer with it. Fails with <see cref="PatchingException"/>, which says what
    /// is wrong and what to do, or as <paramref name="token"/> is cancelled. The caller disposes what it gets.
    /// </summary>
    Task<CatalogueDownload> OpenAsync(MissingUpdate update, CancellationToken token);
}
