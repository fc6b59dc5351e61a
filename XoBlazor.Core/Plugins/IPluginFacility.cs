using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins;

/// <summary>More that plugins may ask for, from rooms that this one does not know. Registered as a service; safe from any thread.</summary>
public interface IPluginFacility
{
    /// <summary>Names in the contract that nobody else answers.</summary>
    IReadOnlyList<string> Methods { get; }

    /// <summary>Answers a plugin, whose accepted wants it asks first. Fails with <see cref="PluginRefusedException"/>.</summary>
    ValueTask<JsonNode?> AnswerAsync(PluginSettings plugin, string method, JsonElement parameters, CancellationToken token);
}
