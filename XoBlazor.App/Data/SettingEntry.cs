namespace XoBlazor.App.Data;

/// <summary>A setting made in the web console, by name.</summary>
public sealed class SettingEntry
{
    /// <summary>The setting's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; set; }
}
