using System.Text.Json;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Parameters of what plugins ask. Fails with <see cref="PluginRefusedException"/> where one is missing or of the wrong form.</summary>
public static class PluginArguments
{
    private const int LongestText = 64 * 1024;

    public static string Text(JsonElement parameters, string name, int longest = LongestText) =>
        TextOrNull(parameters, name, longest) ?? throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"'{name}' is missing.");

    public static string? TextOrNull(JsonElement parameters, string name, int longest = LongestText) =>
        parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= longest ? text
        : throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"'{name}' has to be a text of at most {longest} characters.");
}
