using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>What XenServer hosts up to 8.2 lack: their version's updates in the maker's catalogue, without those that the pool's own database says they have.</summary>
internal sealed class CatalogueSource(CatalogueHome home) : IUpdateSource
{
    public int Version => home.Version;

    public bool Serves(HostGeneration generation) => generation.NeedsCatalogue();

    public async Task<FoundUpdates> FindAsync(PoolPicture pool, Host host, XapiConnection connection, CancellationToken token)
    {
        var state = await home.GetAsync(token);
        var known = state.Current!;
        var version = ((string[])["product_version", "product_version_text"]).Select(name => host.SoftwareVersion.GetValueOrDefault(name)).OfType<string>().FirstOrDefault(known.Catalogue.Versions.ContainsKey)
            ?? throw new PatchingException($"The catalogue of updates does not know {HostFacts.ProductOf(host)}. Look at its address, or upload a newer one, under Settings → Updates.");
        // Whether there is a licence is the coordinator's to say.
        var isFree = (pool.Coordinator() ?? host).LicenseParams.GetValueOrDefault("sku_type") == "free";
        return CatalogueSelection.Of(known.Catalogue, known.Catalogue.Versions[version], InstalledUpdates.On(pool, host), isFree) with { AsOf = known.AsOf, Warning = known.IsUploaded ? null : state.Problem };
    }
}
