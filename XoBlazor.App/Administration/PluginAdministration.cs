using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Configurations;
using XoBlazor.Core.Plugins.Packages;

namespace XoBlazor.App.Administration;

/// <summary>
/// What administrators do with plugins. Everything is recorded, configurations without their values; refusals come as <see cref="AdministrationRefusedException"/>. Safe
/// from any thread.
/// </summary>
internal sealed class PluginAdministration(PluginFleet fleet, AdministrationRunner runner, AccessEngine access, AccessPolicyFeed policy)
{
    private const int LongestId = 64;

    /// <summary>Takes a zip in, as a new plugin or as another version of one, and returns it. Nothing is given to it yet.</summary>
    public Task<InstalledPlugin> InstallAsync(Requester requester, byte[] zip, CancellationToken token)
    {
        PluginPackage? package = null;
        string? fault = null;
        try
        {
            package = PluginPackage.Open(zip);
        }
        catch (PluginException unusable)
        {
            fault = unusable.Message;
        }

        var act = package is null ? new(AdministrationRights.Plugins, AuditCategory.Setting, "plugin.install", new("plugin", null, "", ""))
            : Act("plugin.install", package.Manifest).With("version", package.Manifest.Version).With("sha256", package.Hash).With("wants", string.Join("; ", package.Manifest.Wants.Texts));
        return runner.RunAsync(requester, act, async inner =>
        {
            var installed = await GuardAsync(() => fleet.InstallAsync(package ?? throw new PluginException(fault!), requester.Actor.Name, inner));
            await policy.ReloadAsync();
            return installed;
        }, token);
    }

    /// <summary>Gives a plugin these of its wants and no others.</summary>
    /// <param name="pools">The uuids of the pools in which it holds; empty for all.</param>
    public Task AcceptAsync(Requester requester, string id, IReadOnlyCollection<string> wants, ImmutableArray<string> pools, CancellationToken token) =>
        RunAsync(requester, "plugin.accept", id, act => act.With("wants", string.Join("; ", wants)).With("pools", pools.IsEmpty ? "all" : string.Join(' ', pools)), async inner =>
        {
            await fleet.AcceptAsync(id, wants, pools, inner);
            await policy.ReloadAsync();
        }, token);

    public Task LoadAsync(Requester requester, string id, CancellationToken token) => RunAsync(requester, "plugin.load", id, null, inner => fleet.LoadAsync(id, inner), token);

    public Task UnloadAsync(Requester requester, string id, CancellationToken token) => RunAsync(requester, "plugin.unload", id, null, inner => fleet.UnloadAsync(id, inner), token);

    public Task AutoloadAsync(Requester requester, string id, bool isWanted, CancellationToken token) =>
        RunAsync(requester, "plugin.autoload", id, act => act.With("autoload", isWanted ? "true" : "false"), inner => fleet.AutoloadAsync(id, isWanted, inner), token);

    public Task ConfigureAsync(Requester requester, string id, JsonNode? configuration, CancellationToken token) =>
        RunAsync(requester, "plugin.configure", id, null, inner => fleet.ConfigureAsync(id, configuration, inner), token);

    public Task PurgeConfigurationAsync(Requester requester, string id, CancellationToken token) =>
        RunAsync(requester, "plugin.purge", id, null, inner => fleet.PurgeConfigurationAsync(id, inner), token);

    /// <summary>Returns what the plugin says.</summary>
    public async Task<JsonElement> TestAsync(Requester requester, string id, JsonNode? data, CancellationToken token)
    {
        JsonElement answer = default;
        await RunAsync(requester, "plugin.test", id, null, async inner => answer = await fleet.TestAsync(id, data, inner), token);
        return answer;
    }

    /// <summary>Begins scheduled work now; does not wait for it.</summary>
    public Task RunNowAsync(Requester requester, string id, string name, CancellationToken token) => RunAsync(requester, "plugin.schedule", id, act => act.With("name", name), _ =>
    {
        fleet.RunNow(id, name);
        return Task.CompletedTask;
    }, token);

    /// <summary>The configurations of one plugin, or of all, as a file without secrets.</summary>
    public Task<JsonObject> ExportAsync(Requester requester, string? id, CancellationToken token) => runner.RunAsync(requester, FileAct("plugin.export", id), _ => Task.FromResult(ConfigurationFile.Write(
        fleet.All.Select(plugin => plugin.Settings).Where(plugin => id is null || plugin.Id == id)) is var file && id is not null && fleet.Find(id) is null
            ? throw new AdministrationRefusedException($"There is no plugin '{ForeignText.Shown(id)}'. Reload the page.") : file), token);

    /// <summary>What a file of configurations would change. Nothing is done.</summary>
    public Task<ImmutableArray<ConfigurationChange>> CompareAsync(Requester requester, JsonNode? file) =>
        access.Refusal(requester.Actor, AdministrationRights.Plugins, null) is { } refusal ? Task.FromException<ImmutableArray<ConfigurationChange>>(new AdministrationRefusedException(refusal)) : Task.FromResult(Changes(file));

    /// <summary>Takes a file of configurations in, as far as it fits, and returns what became of each: a plugin may refuse what it is given.</summary>
    public async Task<ImmutableArray<ConfigurationChange>> ImportAsync(Requester requester, JsonNode? file, CancellationToken token)
    {
        var done = ImmutableArray.CreateBuilder<ConfigurationChange>();
        await runner.RunAsync(requester, FileAct("plugin.import", null), async inner =>
        {
            foreach (var change in Changes(file))
                try
                {
                    if (change.Next is { } next)
                        await ConfigureAsync(requester, change.Plugin, next, inner);
                    done.Add(change);
                }
                catch (AdministrationRefusedException refused)
                {
                    done.Add(change with { Problem = refused.Message, Next = null });
                }
        }, token);
        return done.ToImmutable();
    }

    public Task RemoveAsync(Requester requester, string id, CancellationToken token) => RunAsync(requester, "plugin.remove", id, null, async inner =>
    {
        await fleet.RemoveAsync(id, inner);
        await policy.ReloadAsync();
    }, token);

    private Task RunAsync(Requester requester, string action, string id, Func<AdministrationAct, AdministrationAct>? more, Func<CancellationToken, Task> work, CancellationToken token)
    {
        // Whoever has no right to plugins is not told which there are.
        var manifest = fleet.Find(id)?.Settings.Manifest;
        var act = manifest is null ? new(AdministrationRights.Plugins, AuditCategory.Setting, action, new("plugin", null, id[..Math.Min(id.Length, LongestId)], "")) : Act(action, manifest);
        return runner.RunAsync(requester, more is null ? act : more(act), inner => GuardAsync(async () =>
        {
            if (manifest is null)
                throw new AdministrationRefusedException($"There is no plugin '{ForeignText.Shown(id)}'. Reload the page.");
            await work(inner);
            return true;
        }), token);
    }

    private ImmutableArray<ConfigurationChange> Changes(JsonNode? file)
    {
        try
        {
            return ConfigurationFile.Compare(file, id => fleet.Find(id)?.Settings);
        }
        catch (PluginException wrong)
        {
            throw new AdministrationRefusedException(wrong.Message);
        }
    }

    private static AdministrationAct FileAct(string action, string? id) => new(AdministrationRights.Plugins, AuditCategory.Setting, action, new("plugin", null, id?[..Math.Min(id.Length, LongestId)] ?? "", ""));

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PluginException refused)
        {
            throw new AdministrationRefusedException(refused.Message);
        }
    }

    private static AdministrationAct Act(string action, PluginManifest manifest) =>
        new(AdministrationRights.Plugins, AuditCategory.Setting, action, new("plugin", null, manifest.Id, manifest.Name));
}
