using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins.Wire;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>The way to a running plugin, wherever that runs. Disposing it ends the plugin. Safe from any thread.</summary>
internal interface IPluginLine : IAsyncDisposable
{
    /// <summary>Fails with <see cref="PluginBrokenException"/> when the plugin is gone or cannot be asked any more; runs until then.</summary>
    Task Ended { get; }

    /// <summary>How often the plugin sent more than it may and was read more slowly.</summary>
    long Slowed { get; }

    /// <summary>Asks the plugin. Fails with <see cref="PluginBrokenException"/> when it is gone or does not answer in time, <see cref="PluginAnsweredErrorException"/> when it answers with an error.</summary>
    Task<JsonElement> AskAsync(string method, JsonNode? parameters, TimeSpan patience, CancellationToken token);
}
