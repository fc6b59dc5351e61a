using System.Net;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>Downloads over HTTP. A catalogue's addresses are as little to be trusted as it is: see <see cref="RemoteFiles"/>.</summary>
internal sealed class CatalogueDownloads(RemoteFiles files, ICatalogueSettings settings) : ICatalogueDownloads
{
    public async Task<CatalogueDownload> OpenAsync(MissingUpdate update, CancellationToken token)
    {
        if (update.Download is not { } address)
            throw new PatchingException($"The catalogue of updates does not say where {update.Name} is. Download it yourself, and upload it here.");
        var now = await settings.GetAsync(token);
        try
        {
            return new(await files.OpenAsync(address, now.ForDownload(new(address)), token), new Uri(address).IdnHost);
        }
        catch (RemoteFileException failed)
        {
            throw new PatchingException($"{update.Name} could not be downloaded. {Words(failed, now)}", failed);
        }
    }

    private static string Words(RemoteFileException failed, CatalogueSettings now) =>
        failed is not { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, Address: { } asked } ? failed.Message
        : !now.Trusts(asked) ? $"{asked.IdnHost} wants to know who asks, and is no server that the Client ID goes to. If it is a mirror of yours, name it in Patching:Mirrors."
        : now.ClientId is { } id ? $"{asked.IdnHost} does not accept the Client ID of '{id.UserName}'. Upload a new one under Settings → Updates."
        : $"{asked.IdnHost} gives updates to customers alone. Upload the Client-ID file under Settings → Updates.";
}
