using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// The kept configurations for cloud-init, sealed in the database because people write keys and passwords into them. Changes are recorded without their text; refusals
/// come as <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class CloudConfigs(IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, Sealed secrets)
{
    public const int LongestName = 200;
    public const int LongestTemplate = 1 << 18;
    public const int Most = 1000;

    private const string Prefix = "cloud-config/";

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<CloudConfig>> AllAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var entries = await database.Settings.AsNoTracking().Where(one => EF.Functions.Like(one.Name, Prefix + "%")).ToListAsync(token);
        return [.. entries.Select(Read).OrderBy(config => config.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public Task<CloudConfig> CreateAsync(Requester requester, string name, string template, bool isNetwork, CancellationToken token)
    {
        var config = new CloudConfig(Guid.NewGuid(), name.Trim(), template, isNetwork);
        return runner.RunAsync(requester, Act("cloud-config.create", config), async inner =>
        {
            Check(config);
            await using var database = await databases.CreateDbContextAsync(inner);
            if (await database.Settings.CountAsync(one => EF.Functions.Like(one.Name, Prefix + "%"), inner) >= Most)
                throw new AdministrationRefusedException($"{Most} configurations are kept already. Delete some first.");
            database.Settings.Add(new SettingEntry { Name = NameOf(config.Id), Value = Text(config) });
            await database.SaveChangesAsync(inner);
            return config;
        }, token);
    }

    /// <param name="name">Null for the one it has.</param>
    /// <param name="template">The same.</param>
    public async Task EditAsync(Requester requester, Guid id, string? name, string? template, CancellationToken token)
    {
        var known = await FindAsync(id, token);
        var config = known with { Name = name?.Trim() ?? known.Name, Template = template ?? known.Template };
        await runner.RunAsync(requester, Act("cloud-config.edit", known).With("name", name), async inner =>
        {
            Check(config);
            await using var database = await databases.CreateDbContextAsync(inner);
            var entry = await database.Settings.SingleOrDefaultAsync(one => one.Name == NameOf(id), inner) ?? throw Gone();
            entry.Value = Text(config);
            await database.SaveChangesAsync(inner);
        }, token);
    }

    public async Task DeleteAsync(Requester requester, Guid id, CancellationToken token)
    {
        var known = await FindAsync(id, token);
        await runner.RunAsync(requester, Act("cloud-config.delete", known), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            await database.Settings.Where(one => one.Name == NameOf(id)).ExecuteDeleteAsync(inner);
        }, token);
    }

    private static string NameOf(Guid id) => Prefix + id.ToString("D");

    private static AdministrationAct Act(string action, CloudConfig config) =>
        new(AdministrationRights.CloudConfigs, AuditCategory.Setting, action, new("cloud-config", null, config.Id.ToString("D"), config.Name));

    private static void Check(CloudConfig config)
    {
        if (config.Name.Length is 0 or > LongestName || config.Name.Any(char.IsControl))
            throw new AdministrationRefusedException($"A configuration needs a name of at most {LongestName} characters that can be seen.");
        if (config.Template.Length is 0 or > LongestTemplate)
            throw new AdministrationRefusedException($"'{config.Name}' needs a text of at most {LongestTemplate} characters.");
    }

    private static AdministrationRefusedException Gone() => new("This configuration is gone: somebody removed it meanwhile. Reload the list.");

    private async Task<CloudConfig> FindAsync(Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.Settings.AsNoTracking().SingleOrDefaultAsync(one => one.Name == NameOf(id), token) is { } entry ? Read(entry) : throw Gone();
    }

    private string Text(CloudConfig config) => secrets.Seal(JsonSerializer.Serialize(config));

    private CloudConfig Read(SettingEntry entry) => JsonSerializer.Deserialize<CloudConfig>(secrets.Open(entry.Value))!;
}
