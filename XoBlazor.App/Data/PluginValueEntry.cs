namespace XoBlazor.App.Data;

/// <summary>Something that a plugin keeps.</summary>
public sealed class PluginValueEntry
{
    /// <summary>Whose it is.</summary>
    public required string PluginId { get; init; }

    /// <summary>The plugin's name for it.</summary>
    public required string Key { get; init; }

    /// <summary>A text of the plugin's.</summary>
    public required string Value { get; set; }
}
