using Microsoft.Extensions.Options;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>The settings of the server alone, where nobody can change them in a console.</summary>
internal sealed class ConfiguredCatalogue(IOptions<PatchingOptions> options) : ICatalogueSettings
{
    public Task<CatalogueSettings> GetAsync(CancellationToken token) => Task.FromResult(options.Value.Defaults());
}
