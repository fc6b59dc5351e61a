using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>
/// The directories as the database keeps them, in their order, held in memory for sign-ins. The service accounts' passwords stay sealed
/// until a connection needs one. Thread-safe.
/// </summary>
internal sealed class DirectoryStore(IDbContextFactory<AppDatabase> databases, Sealed secrets)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private volatile Kept _kept = new([], ImmutableDictionary<Guid, string>.Empty);

    public ImmutableArray<DirectorySettings> Current => _kept.Settings;

    public DirectorySettings? Find(Guid id) => Current.FirstOrDefault(directory => directory.Id == id);

    public bool HasPassword(Guid id) => _kept.Passwords.ContainsKey(id);

    /// <summary>Takes over what the database says: before the first sign-in and after every change. Nobody gives it up halfway.</summary>
    public async Task ReloadAsync()
    {
        await using var database = await databases.CreateDbContextAsync();
        var entries = await database.Directories.AsNoTracking().OrderBy(entry => entry.Position).ToListAsync();
        _kept = new(
            [.. entries.Select(Read)],
            entries.Where(entry => entry.SealedPassword is not null).ToImmutableDictionary(entry => entry.Id, entry => entry.SealedPassword!));
    }

    /// <summary>The service account's password; null when there is none.</summary>
    public ValueTask<string?> SecretAsync(DirectorySettings directory, CancellationToken token) =>
        new(_kept.Passwords.TryGetValue(directory.Id, out var text) ? secrets.Open(text) : null);

    /// <summary>The settings of a row.</summary>
    public static DirectorySettings Read(DirectoryEntry entry) =>
        JsonSerializer.Deserialize<DirectorySettings>(entry.Settings, s_options)! with { Id = entry.Id, IsEnabled = entry.IsEnabled };

    /// <summary>The text of settings for a row.</summary>
    public static string Write(DirectorySettings settings) => JsonSerializer.Serialize(settings, s_options);

    private sealed record Kept(ImmutableArray<DirectorySettings> Settings, ImmutableDictionary<Guid, string> Passwords);
}
