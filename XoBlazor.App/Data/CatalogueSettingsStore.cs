using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;

namespace XoBlazor.App.Data;

/// <summary>Keeps in the database, sealed, how the catalogue of updates is reached and the client id. What is not kept there is as the server's settings say. Safe from any thread.</summary>
internal sealed class CatalogueSettingsStore(IDbContextFactory<AppDatabase> databases, Sealed secrets, IOptions<PatchingOptions> options) : ICatalogueSettings
{
    private const string ReachName = "updates/reach";
    private const string IdName = "updates/client-id";

    public async Task<CatalogueSettings> GetAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var kept = await database.Settings.AsNoTracking().Where(one => one.Name == ReachName || one.Name == IdName).ToDictionaryAsync(one => one.Name, one => one.Value, token);
        var settings = options.Value.Defaults();
        if (kept.TryGetValue(ReachName, out var text) && Open<Reach>(text) is { } reach)
            settings = settings with { Url = reach.Url, Proxy = reach.Proxy, ProxyUser = reach.ProxyUser, ProxyPassword = reach.ProxyPassword };
        return kept.TryGetValue(IdName, out var id) ? settings with { ClientId = Open<ClientId>(id) } : settings;
    }

    /// <summary>Keeps address and proxy of these settings.</summary>
    public Task SaveReachAsync(CatalogueSettings settings, CancellationToken token) =>
        SaveAsync(ReachName, new Reach(settings.Url, settings.Proxy, settings.ProxyUser, settings.ProxyPassword), token);

    public Task SaveClientIdAsync(ClientId id, CancellationToken token) => SaveAsync(IdName, id, token);

    public async Task RemoveClientIdAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        await database.Settings.Where(one => one.Name == IdName).ExecuteDeleteAsync(token);
    }

    private async Task SaveAsync<T>(string name, T value, CancellationToken token)
    {
        var text = secrets.Seal(JsonSerializer.Serialize(value));
        await using var database = await databases.CreateDbContextAsync(token);
        if (await database.Settings.SingleOrDefaultAsync(one => one.Name == name, token) is { } entry)
            entry.Value = text;
        else
            database.Settings.Add(new SettingEntry { Name = name, Value = text });
        await database.SaveChangesAsync(token);
    }

    private T Open<T>(string text) => JsonSerializer.Deserialize<T>(secrets.Open(text))!;

    private sealed record Reach(string Url, string? Proxy, string? ProxyUser, string? ProxyPassword);
}
