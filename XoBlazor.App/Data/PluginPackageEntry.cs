namespace XoBlazor.App.Data;

/// <summary>The package of a plugin.</summary>
public sealed class PluginPackageEntry
{
    /// <summary>Whose it is.</summary>
    public required string PluginId { get; init; }

    /// <summary>The zip, as it came.</summary>
    public required byte[] Zip { get; set; }
}
