namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>What holds now for the catalogue and its updates: as the console has it, else as the settings of the server do. Safe from any thread.</summary>
public interface ICatalogueSettings
{
    Task<CatalogueSettings> GetAsync(CancellationToken token);
}
