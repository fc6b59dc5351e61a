using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>What a plugin may ask the server for, by name and typed. All of them fail like <see cref="IPluginHost.AskAsync"/>, with <see cref="PluginRefusedException"/>.</summary>
public static class PluginHostCalls
{
    /// <summary>An object that the plugin may see, by its uuid or reference. Wants <c>read</c>.</summary>
    /// <param name="pool">The pool's uuid.</param>
    public static async Task<PluginObject> GetObjectAsync(this IPluginHost host, string pool, string id, CancellationToken cancellationToken) =>
        PluginObject.Of(await host.AskAsync("objects.get", new() { ["pool"] = pool, ["id"] = id }, cancellationToken).ConfigureAwait(false));

    /// <summary>All objects of a class that the plugin may see, in the order of pools and uuids, read a page at a time. Wants <c>read</c>.</summary>
    /// <param name="className">XAPI's name of the class, such as <c>VM</c>.</param>
    public static async IAsyncEnumerable<PluginObject> ListObjectsAsync(this IPluginHost host, string className, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await host.AskAsync("objects.list", new() { ["class"] = className, ["after"] = after }, cancellationToken).ConfigureAwait(false);
            foreach (var shape in page.GetProperty("objects").EnumerateArray())
                yield return PluginObject.Of(shape);
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
    }

    /// <summary>Does something with an object that the plugin may see, and returns when that has ended. Wants the operation by its name under <c>operations</c>.</summary>
    /// <param name="operation">Its name, such as <c>vm.snapshot</c> (docs/operations.md).</param>
    /// <param name="pool">The pool's uuid.</param>
    /// <param name="id">The object's uuid or reference.</param>
    public static async Task<OperationEnd> RunOperationAsync(this IPluginHost host, string operation, string pool, string id, JsonObject? arguments, CancellationToken cancellationToken) =>
        OperationEnd.Of(await host.AskAsync("operations.run", new() { ["operation"] = operation, ["pool"] = pool, ["id"] = id, ["arguments"] = arguments?.DeepClone() }, cancellationToken).ConfigureAwait(false));

    /// <summary>A text that the plugin keeps; null when there is none under the key. Wants <c>storage</c>.</summary>
    public static async Task<string?> GetValueAsync(this IPluginHost host, string key, CancellationToken cancellationToken) =>
        await host.AskAsync("storage.get", new() { ["key"] = key }, cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Keeps a text under a key. Wants <c>storage</c>.</summary>
    public static Task SetValueAsync(this IPluginHost host, string key, string value, CancellationToken cancellationToken) =>
        host.AskAsync("storage.set", new() { ["key"] = key, ["value"] = value }, cancellationToken);

    /// <summary>Forgets what is kept under a key. Wants <c>storage</c>.</summary>
    public static Task DeleteValueAsync(this IPluginHost host, string key, CancellationToken cancellationToken) => host.AskAsync("storage.delete", new() { ["key"] = key }, cancellationToken);

    /// <summary>The keys under which the plugin keeps something. Wants <c>storage</c>.</summary>
    public static async Task<IReadOnlyList<string>> ListKeysAsync(this IPluginHost host, CancellationToken cancellationToken) =>
        [.. (await host.AskAsync("storage.keys", null, cancellationToken).ConfigureAwait(false)).EnumerateArray().Select(key => key.GetString()!)];

    /// <summary>Writes a line for people into the plugin's log, of which the last ones are shown in Settings → Plugins.</summary>
    public static Task LogAsync(this IPluginHost host, string message, CancellationToken cancellationToken) => host.AskAsync("log", new() { ["message"] = message }, cancellationToken);
}
