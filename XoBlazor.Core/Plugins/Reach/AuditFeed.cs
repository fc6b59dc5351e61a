using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Plugins.Hosting;
using XoBlazor.Core.Plugins.Wire;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>
/// Hands a plugin the records of the audit: in order, each at least once, from the first loading on. How far it is stands beside what the plugin keeps, once it has taken them: after a
/// restart, or when it was not there, it goes on where it was. One that cannot take them says so by an error, and gets them again after a pause.
/// </summary>
internal sealed class AuditFeed(string plugin, PluginLog log, PluginContext context) : IPluginFeed
{
    /// <summary>Where it is kept how far the plugin is.</summary>
    internal const string Place = PluginStorage.Reserved + "audit";

    private const int MostInAMessage = 50;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    // A lost wake-up costs at most this long.
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _wake = new(0, 1);

    public async Task RunAsync(IPluginLine line, CancellationToken token)
    {
        context.Audit.Appended += Wake;
        try
        {
            var at = await BeginAsync(token);
            var pause = s_firstPause;
            while (true)
            {
                try
                {
                    at = await SendAsync(line, at, token);
                    pause = s_firstPause;
                }
                catch (Exception trouble) when (trouble is PluginAnsweredErrorException or AuditException)
                {
                    log.Add($"Records of the audit from {at + 1} on could not be handed over, and are again: {trouble.Message}");
                    await Task.Delay(pause, context.Time, token);
                    pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestPause.Ticks));
                }
            }
        }
        finally
        {
            context.Audit.Appended -= Wake;
        }
    }

    /// <summary>The number of the last record that the plugin has; the newest, for one that is loaded for the first time.</summary>
    private async Task<long> BeginAsync(CancellationToken token)
    {
        var newest = context.Audit.Newest;
        if ((await context.Store.ValuesAsync(plugin, token)).TryGetValue(Place, out var kept) && long.TryParse(kept, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            // An audit that was put back from a backup may be shorter.
            return Math.Min(number, newest);
        await KeepAsync(newest);
        return newest;
    }

    /// <summary>Hands over all that is there, and waits for more. Returns how far it is.</summary>
    private async Task<long> SendAsync(IPluginLine line, long at, CancellationToken token)
    {
        var entries = context.Audit.ReadAfter(at, MostInAMessage);
        if (entries.Count == 0)
        {
            await _wake.WaitAsync(s_idle, token);
            return at;
        }

        await line.AskAsync("audit.recorded", new JsonObject { ["entries"] = new JsonArray([.. entries.Select(Shape)]) }, context.Options.CallPatience, token);
        await KeepAsync(entries[^1].Number);
        return entries[^1].Number;
    }

    private Task KeepAsync(long number) => context.Store.SetValueAsync(plugin, Place, number.ToString(CultureInfo.InvariantCulture), CancellationToken.None);

    private static JsonNode Shape(AuditEntry entry) => new JsonObject { ["number"] = entry.Number, ["hash"] = entry.Hash, ["record"] = JsonNode.Parse(AuditFormat.Write(entry.Record)) };

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }
}
