using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>The server, as a plugin sees it: what was accepted of its wants, and nothing else. Safe from any thread, from <see cref="Plugin.LoadAsync"/> until <see cref="Plugin.UnloadAsync"/> returns.</summary>
public interface IPluginHost
{
    /// <summary>Asks the server for something by its name in the contract, such as <c>objects.get</c>.</summary>
    /// <returns>Its answer; <see cref="JsonValueKind.Undefined"/> when that is nothing.</returns>
    /// <exception cref="PluginRefusedException">It was not accepted, is not there, is refused or too much; the message says which and why.</exception>
    Task<JsonElement> AskAsync(string method, JsonObject? parameters, CancellationToken cancellationToken);
}
