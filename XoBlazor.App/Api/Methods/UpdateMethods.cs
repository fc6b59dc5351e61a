using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>What hosts lack, and installing it. Whoever may view a host may know what it lacks.</summary>
internal sealed class UpdateMethods(OperationVerbs verbs, IMissingUpdates missing, IPoolConnections pools) : IApiMethods
{
    /// <summary>Xen Orchestra's: clients ask for every host whenever they like.</summary>
    private static readonly TimeSpan s_recent = TimeSpan.FromSeconds(60);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("pool.listMissingPatches", ApiPermission.SignedIn, async call => ShapeOf((await LookAsync(call.Find("host", "host"), call.Closed)).Missing))
        {
            Description = "returns the updates that a host lacks",
            Parameters = [Text("host")],
        },
        new("pool.getPatchesDifference", ApiPermission.SignedIn, call => ValueTask.FromResult<ApiResult>(Difference(call)))
        {
            Description = "returns the uuids of the updates that the source host has and the target host lacks",
            Parameters = [Text("source"), Text("target")],
        },
        new("pool.installPatches", ApiPermission.SignedIn, InstallAsync)
        {
            Description = "installs the updates that the hosts of a pool lack, without reboots",
            Parameters =
            [
                Text("pool").Optional, Texts("hosts").Optional.Described("only these; instead of the pool or with it"),
                Texts("patches").Optional.Described("only these, by uuid, with what they require, of XenServer up to 8.2; of packages all that are missing are installed, for they build on each other"),
                Text("xsHash").Optional.Without("what is installed is what the pool's repositories hold now"),
            ],
        },
    ];

    /// <summary>What a host lacks. Fails with <see cref="ApiException"/> when that cannot be found out.</summary>
    public async Task<HostUpdates> LookAsync(Located<XapiObject> host, CancellationToken token)
    {
        var lacks = await missing.LookAsync(host.Key, s_recent, token);
        return lacks.Problem is not { } problem ? lacks : throw new ApiException(
            pools.Find(host.Pool.Uuid) is null ? ApiErrorCode.ServerUnreachable : ApiErrorCode.OperationFailed, problem, new JsonObject { ["objectId"] = XoIds.Of(host.Pool, host.Object) });
    }

    /// <summary>The updates in the shape of their generation, as Xen Orchestra gives it.</summary>
    public static JsonArray ShapeOf(IEnumerable<MissingUpdate> updates) => new([.. updates.Select(update => (JsonNode)(update.Release.Length > 0 ? Package(update) : Update(update)))]);

    private async ValueTask<ApiResult> InstallAsync(ApiCall call)
    {
        var hosts = call.Texts("hosts").Select(id => call.FindById(id, "host")).ToList();
        var pool = call.Has("pool") ? call.Find("pool", "pool").Pool
            : hosts.Count > 0 ? hosts[0].Pool
            : throw new ApiException(ApiErrorCode.InvalidParameters, "Name a pool or hosts.", new JsonObject { ["errors"] = new JsonArray() });
        if (hosts.FirstOrDefault(host => host.Pool.Uuid != pool.Uuid) is { Object: { } stranger })
            throw ApiException.NoSuchObject(stranger.Uuid, "host");
        var target = pool.Pool ?? throw ApiException.NoSuchObject(pool.Uuid, "pool");
        var given = new JsonObject();
        if (hosts.Count > 0)
            given["hosts"] = new JsonArray([.. hosts.Select(host => (JsonNode)host.Object.Uuid)]);
        if (call.Texts("patches") is { Count: > 0 } patches && pool.All<Host>().Any(host => HostGenerations.Of(host).NeedsCatalogue()))
            given["updates"] = new JsonArray([.. patches.Select(uuid => (JsonNode)uuid)]);
        await verbs.RunAsync(call, new(pool, target), "pool.install_updates", given);
        return ApiResult.Done;
    }

    private static JsonArray Difference(ApiCall call)
    {
        var (source, target) = (Installed(call.Find("source", "host")), Installed(call.Find("target", "host")));
        return new([.. source.Except(target, StringComparer.Ordinal).Select(uuid => (JsonNode)uuid)]);
    }

    /// <summary>Of packages nothing is in the pool's database, and nothing is compared.</summary>
    private static ImmutableArray<string> Installed(Located<XapiObject> at)
    {
        var host = (Host)at.Object;
        // Since 7.1 a patch is an older face of an update, with a uuid of its own.
        return HostGenerations.Of(host) == HostGeneration.Patches
            ? [.. at.Pool.Get(host.Patches).Where(patch => patch.Applied).Select(patch => at.Pool.Get(patch.PoolPatch)?.Uuid).OfType<string>()] : [.. at.Pool.Get(host.Updates).Select(update => update.Uuid)];
    }

    private static JsonObject Package(MissingUpdate package) => new()
    {
        ["name"] = package.Name,
        ["version"] = package.Version,
        ["release"] = package.Release,
        ["description"] = package.Description,
        ["changelog"] = package.Change is { } change ? new JsonObject { ["author"] = change.Author, ["date"] = change.Date?.ToUnixTimeSeconds(), ["description"] = change.Text } : null,
        ["url"] = package.Url ?? "",
        ["size"] = package.Size ?? 0,
        ["license"] = package.License ?? "",
    };

    private static JsonObject Update(MissingUpdate update) => new()
    {
        ["uuid"] = update.Id,
        ["id"] = update.Id,
        ["name"] = update.Name,
        ["description"] = update.Description,
        ["date"] = update.Date?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
        // Its web pages read the first, its REST document names the second.
        ["guidance"] = string.Join(", ", update.Guidance.Select(Wire)),
        ["guidances"] = string.Join(", ", update.Guidance.Select(Wire)),
        ["documentationUrl"] = update.Url ?? "",
        ["url"] = update.Download ?? "",
        ["requirements"] = new JsonArray([.. update.Requirements.Select(id => (JsonNode)id)]),
        ["conflicts"] = new JsonArray([.. update.Conflicts.Select(id => (JsonNode)id)]),
        ["paid"] = update.IsPaid,
        ["upgrade"] = false,
    };

    private static string Wire(UpdateNeed need) => need switch
    {
        UpdateNeed.RebootHost => "restartHost",
        UpdateNeed.RestartToolstack => "restartXAPI",
        UpdateNeed.RestartVms => "restartHVM",
        UpdateNeed.RestartDeviceModels => "restartDeviceModel",
    };
}
