using XoBlazor.Core.Patching.Catalogues;

namespace XoBlazor.Tests.Patching.Catalogues;

/// <summary>Settings that a test changes.</summary>
internal sealed class FakeCatalogueSettings(CatalogueSettings settings) : ICatalogueSettings
{
    public CatalogueSettings Current { get; set; } = settings;

    public Task<CatalogueSettings> GetAsync(CancellationToken token) => Task.FromResult(Current);
}
