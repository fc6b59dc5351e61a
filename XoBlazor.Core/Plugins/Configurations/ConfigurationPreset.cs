using System.Text.Json.Nodes;

namespace XoBlazor.Core.Plugins.Configurations;

/// <summary>A part of a configuration that the author of a plugin offers ready-made.</summary>
/// <param name="Name">The author's words.</param>
public sealed record ConfigurationPreset(string Name, JsonObject Values);
