using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;

namespace XoBlazor.App.Administration;

/// <summary>
/// Brings what the database says about groups, roles and grants to the engine: once before the first request, and after every change.
/// Disabled accounts have nothing; plugins have what was accepted of what they want. Safe from any thread; the engine always gets the newest state last. Nobody gives it up halfway: what the database has
/// must hold.
/// </summary>
internal sealed class AccessPolicyFeed(IDbContextFactory<AppDatabase> databases, IPluginStore plugins, BuiltInPlugins builtIns, OperationCatalogue operations, AccessEngine engine) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task ReloadAsync()
    {
        await _one.WaitAsync();
        try
        {
            engine.Apply(await LoadAsync());
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<AccessPolicy> LoadAsync()
    {
        await using var database = await databases.CreateDbContextAsync();
        var disabled = (await database.Users.Where(account => account.IsDisabled).Select(account => account.Id).ToListAsync()).ToHashSet();
        var members = await database.GroupMembers.AsNoTracking().ToListAsync();
        var roles = await database.CustomRoles.AsNoTracking().ToListAsync();
        var grants = await database.Grants.AsNoTracking().ToListAsync();
        var installed = builtIns.With(await plugins.LoadAsync(CancellationToken.None));
        return new AccessPolicy(
            roles.Select(Read),
            grants.Where(grant => grant.SubjectKind == SubjectKind.Group || !disabled.Contains(grant.SubjectId)).Select(Read).OfType<Grant>().Concat(installed.SelectMany(plugin => PluginActor.GrantsOf(plugin))),
            members.Where(member => !disabled.Contains(member.AccountId)).GroupBy(member => member.AccountId)
                .ToDictionary(user => Text(user.Key), user => user.Select(member => Text(member.GroupId)).ToImmutableArray()),
            installed.Select(plugin => PluginActor.RoleOf(plugin, operations)));
    }

    /// <summary>The role of a row.</summary>
    public static Role Read(RoleEntry entry) =>
        Role.Custom(entry.Id, entry.Name, JsonSerializer.Deserialize<string[]>(entry.Rights) ?? [], entry.Description);

    /// <summary>The grant of a row; null for a scope of a newer version, which gives nothing here.</summary>
    public static Grant? Read(GrantEntry entry) =>
        ScopeText.Read(entry.Scope) is { } scope ? new(Text(entry.Id), new SubjectId(entry.SubjectKind, Text(entry.SubjectId)), entry.RoleId, scope) : null;

    /// <summary>An account's or group's identifier as the engine knows it.</summary>
    public static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}
