using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;

namespace XoBlazor.App.Data;

/// <summary>Keeps plugins in the database, their configurations sealed. One whose manifest this version cannot read stays there and is left out.</summary>
internal sealed partial class PluginStore(IDbContextFactory<AppDatabase> databases, Sealed secrets, BuiltInPlugins builtIns, ILogger<PluginStore> log) : IPluginStore
{
    public async Task<ImmutableArray<PluginSettings>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await database.Plugins.AsNoTracking().ToListAsync(cancellationToken);
        return [.. entries.Select(Read).OfType<PluginSettings>()];
    }

    public async Task SaveAsync(PluginSettings settings, byte[]? package, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.Plugins.AnyAsync(entry => entry.Id == settings.Id, cancellationToken);
        database.Entry(Write(settings)).State = known ? EntityState.Modified : EntityState.Added;
        if (package is not null)
        {
            var hasOne = await database.PluginPackages.AnyAsync(entry => entry.PluginId == settings.Id, cancellationToken);
            database.Entry(new PluginPackageEntry { PluginId = settings.Id, Zip = package }).State = hasOne ? EntityState.Modified : EntityState.Added;
        }
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<byte[]?> PackageAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.PluginPackages.Where(entry => entry.PluginId == id).Select(entry => entry.Zip).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Plugins.Where(entry => entry.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<ImmutableSortedDictionary<string, string>> ValuesAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var values = await database.PluginValues.AsNoTracking().Where(entry => entry.PluginId == id).ToListAsync(cancellationToken);
        return values.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
    }

    public async Task SetValueAsync(string id, string key, string? value, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.PluginValues.SingleOrDefaultAsync(entry => entry.PluginId == id && entry.Key == key, cancellationToken);
        if (known is not null && value is not null)
            known.Value = value;
        else if (known is not null)
            database.PluginValues.Remove(known);
        else if (value is not null)
            database.PluginValues.Add(new() { PluginId = id, Key = key, Value = value });
        await database.SaveChangesAsync(cancellationToken);
    }

    private PluginSettings? Read(PluginEntry entry)
    {
        try
        {
            var manifest = builtIns.Manifest(entry.Id) ?? ManifestReader.Read(Encoding.UTF8.GetBytes(entry.Manifest));
            return new()
            {
                Manifest = manifest,
                Hash = entry.Hash,
                Accepted = entry.Accepted is null ? null : manifest.Wants.Only(JsonSerializer.Deserialize<HashSet<string>>(entry.Accepted)!),
                Pools = JsonSerializer.Deserialize<ImmutableArray<string>>(entry.Pools),
                IsAutoloaded = entry.IsAutoloaded,
                Configuration = entry.SealedConfiguration is null ? null : secrets.Open(entry.SealedConfiguration),
                Installed = entry.Installed,
                InstalledBy = entry.InstalledBy,
            };
        }
        catch (PluginException unreadable)
        {
            LogUnreadable(entry.Id, unreadable.Message);
            return null;
        }
    }

    private PluginEntry Write(PluginSettings settings) => new()
    {
        Id = settings.Id,
        Manifest = settings.Manifest.Text,
        Hash = settings.Hash,
        Accepted = settings.Accepted is null ? null : JsonSerializer.Serialize(settings.Accepted.Texts),
        Pools = JsonSerializer.Serialize(settings.Pools),
        IsAutoloaded = settings.IsAutoloaded,
        SealedConfiguration = settings.Configuration is null ? null : secrets.Seal(settings.Configuration),
        Installed = settings.Installed,
        InstalledBy = settings.InstalledBy,
    };

    [LoggerMessage(LogLevel.Warning, "The plugin {Plugin} is left out, because this version cannot read what it says of itself; install another version of it. {Problem}")]
    private partial void LogUnreadable(string plugin, string problem);
}
