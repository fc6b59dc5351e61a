using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>A plugin's own small store: texts under names, bounded altogether. One change at a time; safe from any thread.</summary>
internal sealed class PluginStorage(string plugin, bool isAccepted, IPluginStore store) : IDisposable
{
    /// <summary>Of all names and values, in UTF-8.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>What names begin with under which the server keeps something of its own beside the plugin's: the plugin neither sees nor changes these.</summary>
    public const string Reserved = "server:";

    private const int LongestKey = 200;

    private readonly SemaphoreSlim _one = new(1, 1);

    public async ValueTask<JsonNode?> AnswerAsync(string method, JsonElement parameters, CancellationToken token)
    {
        if (!isAccepted)
            throw new PluginRefusedException(PluginRefusedException.NotAccepted, "A store was not accepted. Set wants.storage; an administrator accepts it.");
        if (method == "storage.keys")
            return new JsonArray([.. (await OwnAsync(token)).Keys.Select(name => (JsonNode)name)]);
        var key = PluginArguments.Text(parameters, "key", LongestKey);
        if (key.StartsWith(Reserved, StringComparison.Ordinal))
            throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"Names that begin with '{Reserved}' are the server's own. Choose another.");
        if (method == "storage.get")
            return (await store.ValuesAsync(plugin, token)).GetValueOrDefault(key);
        await SetAsync(key, method == "storage.set" ? PluginArguments.Text(parameters, "value", MostBytes) : null, token);
        return true;
    }

    public void Dispose() => _one.Dispose();

    private async Task<ImmutableSortedDictionary<string, string>> OwnAsync(CancellationToken token)
    {
        var all = await store.ValuesAsync(plugin, token);
        return all.RemoveRange(all.Keys.Where(static key => key.StartsWith(Reserved, StringComparison.Ordinal)));
    }

    private async Task SetAsync(string key, string? value, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            var all = await OwnAsync(token);
            var next = value is null ? all.Remove(key) : all.SetItem(key, value);
            if (value is not null && next.Sum(one => (long)Encoding.UTF8.GetByteCount(one.Key) + Encoding.UTF8.GetByteCount(one.Value)) > MostBytes)
                throw new PluginRefusedException(PluginRefusedException.TooMuch, $"A plugin keeps at most {MostBytes / 1024} KiB. Take something away first.");
            await store.SetValueAsync(plugin, key, value, token);
        }
        finally
        {
            _one.Release();
        }
    }
}
