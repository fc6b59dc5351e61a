using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>An operation that somebody asks for.</summary>
/// <param name="Operation">Its name, such as <c>vm.delete</c>.</param>
/// <param name="Target">What it works on.</param>
/// <param name="Arguments">What is given, by name; an object. Secrets are masked where the operation is not the plugin's own.</param>
/// <param name="Actor">Who asks for it.</param>
public sealed record OperationRequest(string Operation, PluginTarget Target, JsonElement Arguments, PluginPerson Actor)
{
    internal static OperationRequest Of(JsonElement message) => new(
        message.GetProperty("operation").GetString()!, PluginTarget.Of(message.GetProperty("target")), message.GetProperty("arguments"), PluginPerson.Of(message.GetProperty("actor")));
}
