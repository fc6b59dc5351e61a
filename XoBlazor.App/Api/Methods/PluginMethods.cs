using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Plugins;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Plugins, as Xen Orchestra's clients know them, and what these have no need of there: installing, accepting and removing.</summary>
internal sealed class PluginMethods(PluginFleet fleet, PluginAdministration plugins) : IApiMethods
{
    private static readonly ApiPermission s_administer = ApiPermission.Of(AdministrationRights.Plugins);
    private static readonly ApiParameter s_id = Text("id");

    public IEnumerable<ApiMethod> Methods =>
    [
        new("plugin.get", s_administer, _ => ValueTask.FromResult<ApiResult>(new JsonArray([.. fleet.All.Select(Shape)]))) { Description = "returns a list of all installed plugins", Parameters = [] },
        new("plugin.install", s_administer, InstallAsync) { Description = "installs a plugin, or another version of one, and returns what it is and wants; nothing is given to it yet", Parameters = [Text("package").Described("the zip, in Base64")] },
        new("plugin.accept", s_administer, AcceptAsync)
        {
            Description = "gives a plugin these of its wants, and no others",
            Parameters = [s_id, Texts("wants").Described("texts as plugin.get tells them"), Texts("pools").Optional.Described("uuids of the pools where it holds; all when none is named")],
        },
        new("plugin.configure", s_administer, ConfigureAsync)
        {
            Description = "sets the configuration of a plugin",
            Parameters = [Any("configuration"), s_id],
        },
        new("plugin.disableAutoload", s_administer, call => ActAsync(call, (id, token) => plugins.AutoloadAsync(call.Requester, id, false, token))) { Description = "disables the autoloading of a plugin", Parameters = [s_id] },
        new("plugin.enableAutoload", s_administer, call => ActAsync(call, (id, token) => plugins.AutoloadAsync(call.Requester, id, true, token))) { Description = "enables the autoloading of a plugin", Parameters = [s_id] },
        new("plugin.load", s_administer, call => ActAsync(call, (id, token) => plugins.LoadAsync(call.Requester, id, token))) { Description = "loads a plugin", Parameters = [s_id] },
        new("plugin.unload", s_administer, call => ActAsync(call, (id, token) => plugins.UnloadAsync(call.Requester, id, token))) { Description = "unloads a plugin", Parameters = [s_id] },
        new("plugin.purgeConfiguration", s_administer, call => ActAsync(call, (id, token) => plugins.PurgeConfigurationAsync(call.Requester, id, token))) { Description = "removes a plugin configuration", Parameters = [s_id] },
        new("plugin.test", s_administer, TestAsync) { Description = "tests a plugin with its current configuration", Parameters = [Any("data").Optional, s_id] },
        new("plugin.runSchedule", s_administer, RunScheduleAsync) { Description = "begins scheduled work of a loaded plugin now, and does not wait for it", Parameters = [s_id, Text("name").Described("as plugin.get tells it under schedules")] },
        new("plugin.exportConfigurations", s_administer, ExportAsync) { Description = "returns the configurations of a plugin, or of all, without their secrets", Parameters = [s_id.Optional] },
        new("plugin.importConfigurations", s_administer, ImportAsync)
        {
            Description = "takes in what plugin.exportConfigurations returned, as far as it fits, and returns what became of each plugin; secrets stay as they are here",
            Parameters = [Any("file"), Flag("dryRun").Optional.Described("only says what would change")],
        },
        new("plugin.remove", s_administer, call => ActAsync(call, (id, token) => plugins.RemoveAsync(call.Requester, id, token))) { Description = "removes a plugin with all that it kept", Parameters = [s_id] },
    ];

    /// <summary>Xen Orchestra's fields, and ours: <c>state</c>, <c>problem</c>, <c>wants</c> and what is accepted of them.</summary>
    private static JsonObject Shape(InstalledPlugin plugin)
    {
        var (settings, status) = (plugin.Settings, plugin.Status);
        var shape = new JsonObject
        {
            ["id"] = settings.Id,
            ["name"] = settings.Manifest.Name,
            ["description"] = settings.Manifest.Description,
            ["version"] = settings.Manifest.Version,
            ["autoload"] = settings.IsAutoloaded,
            ["loaded"] = status.State == PluginState.Loaded,
            ["unloadable"] = !settings.Manifest.IsAlwaysLoaded,
            ["builtIn"] = settings.Manifest.IsBuiltIn,
            ["testable"] = status.IsTestable,
            ["state"] = status.State switch
            {
                PluginState.Unloaded => "unloaded",
                PluginState.Loading => "loading",
                PluginState.Loaded => "loaded",
                PluginState.Waiting => "waiting",
                PluginState.GivenUp => "given-up",
            },
            ["problem"] = status.Problem,
            ["wants"] = List(settings.Manifest.Wants.Texts),
            ["accepted"] = settings.Accepted is { } accepted ? List(accepted.Texts) : null,
            ["pools"] = List(settings.Pools),
            ["schedules"] = new JsonArray([.. plugin.Schedules.Select(one => new JsonObject
            {
                ["name"] = one.Name,
                ["last"] = one.Last?.ToUnixTimeMilliseconds(),
                ["next"] = one.Next?.ToUnixTimeMilliseconds(),
                ["running"] = one.IsRunning,
                ["problem"] = one.Problem,
            })]),
        };
        if (settings.Manifest.TestSchema is { } test)
            shape["testSchema"] = test.ToJson();
        if (!settings.Manifest.Presets.IsEmpty)
            shape["configurationPresets"] = new JsonObject(settings.Manifest.Presets.Select(preset => KeyValuePair.Create(preset.Name, (JsonNode?)preset.Values.DeepClone())));
        if (settings.Manifest.Configuration is { } schema)
        {
            shape["configurationSchema"] = schema.ToJson();
            if (settings.Configuration is { } configuration)
                shape["configuration"] = schema.Masked((JsonObject)JsonNode.Parse(configuration)!);
        }
        return shape;
    }

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private async ValueTask<ApiResult> InstallAsync(ApiCall call)
    {
        var zip = new byte[call.Text("package").Length];
        if (!Convert.TryFromBase64String(call.Text("package"), zip, out var length))
            throw ApiException.InvalidParameter("package", "must be Base64");
        return Shape(await WordedAsync("package", () => plugins.InstallAsync(call.Requester, zip[..length], CancellationToken.None)));
    }

    private ValueTask<ApiResult> AcceptAsync(ApiCall call)
    {
        var (wants, pools) = (call.Texts("wants"), call.Texts("pools").ToImmutableArray());
        return ActAsync(call, (id, token) => plugins.AcceptAsync(call.Requester, id, wants, pools, token));
    }

    private ValueTask<ApiResult> ConfigureAsync(ApiCall call)
    {
        var configuration = Node(call, "configuration");
        return ActAsync(call, (id, token) => plugins.ConfigureAsync(call.Requester, id, configuration, token));
    }

    private ValueTask<ApiResult> RunScheduleAsync(ApiCall call)
    {
        var name = call.Text("name");
        return ActAsync(call, (id, token) => plugins.RunNowAsync(call.Requester, id, name, token));
    }

    private async ValueTask<ApiResult> TestAsync(ApiCall call)
    {
        var data = Node(call, "data");
        JsonElement answer = default;
        await ActAsync(call, async (id, token) => answer = await plugins.TestAsync(call.Requester, id, data, token));
        return answer.ValueKind == JsonValueKind.Undefined ? ApiResult.Done : ApiResult.Of(answer.WriteTo);
    }

    private async ValueTask<ApiResult> ExportAsync(ApiCall call)
    {
        var id = call.Value("id") is null ? null : call.Text("id");
        return id is not null && fleet.Find(id) is null ? throw ApiException.NoSuchObject(id, "plugin") : await WordedAsync("id", () => plugins.ExportAsync(call.Requester, id, CancellationToken.None));
    }

    private async ValueTask<ApiResult> ImportAsync(ApiCall call)
    {
        var file = Node(call, "file");
        var changes = await WordedAsync("file", () => call.Flag("dryRun") ? plugins.CompareAsync(call.Requester, file) : plugins.ImportAsync(call.Requester, file, CancellationToken.None));
        return new JsonArray([.. changes.Select(change => new JsonObject
        {
            ["id"] = change.Plugin,
            ["problem"] = change.Problem,
            ["changes"] = new JsonArray([.. change.Lines.Select(line => new JsonObject { ["path"] = line.Path, ["before"] = line.Before, ["after"] = line.After })]),
        })]);
    }

    private static JsonNode? Node(ApiCall call, string name) => call.Value(name) is { } given ? ApiCall.Node(given) : null;

    private async ValueTask<ApiResult> ActAsync(ApiCall call, Func<string, CancellationToken, Task> act)
    {
        var id = call.Text("id");
        if (fleet.Find(id) is null)
            throw ApiException.NoSuchObject(id, "plugin");
        await WordedAsync("id", async () =>
        {
            await act(id, CancellationToken.None);
            return true;
        });
        return ApiResult.Done;
    }

    /// <summary>The right was asked for before the call was let in: what is refused now is the plugin, which Xen Orchestra tells as error 10.</summary>
    private static async Task<T> WordedAsync<T>(string parameter, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (AdministrationRefusedException refused)
        {
            throw ApiException.InvalidParameter(parameter, refused.Message);
        }
    }
}
