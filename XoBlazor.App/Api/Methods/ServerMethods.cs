using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Pools;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>
/// The pools this server is connected to, which Xen Orchestra calls servers. Certificates are pinned: <c>allowUnauthorized</c> accepts the one that is shown
/// now, and no other later.
/// </summary>
internal sealed class ServerMethods(PoolFleet fleet, PoolAdministration pools) : IApiMethods
{
    // The address of a member leads to the coordinator, which shows another certificate.
    private const int MostCertificates = 3;

    private static readonly ApiPermission s_connect = ApiPermission.Of(AdministrationRights.Pools);
    private static readonly ApiParameter s_id = Text("id");

    public IEnumerable<ApiMethod> Methods =>
    [
        new("server.getAll", s_connect, _ => ValueTask.FromResult<ApiResult>(new JsonArray([.. fleet.States.Select(Shape)]))) { Description = "returns all the registered Xen server" },
        new("server.add", s_connect, AddAsync)
        {
            Description = "register a new Xen server",
            Parameters =
            [
                Flag("allowUnauthorized").Optional, Flag("autoConnect").Optional, Text("host"), Text("httpProxy").Optional.Later("pools are reached directly."), Text("label").Optional, Text("password"), Text("username"),
            ],
        },
        new("server.set", s_connect, SetAsync)
        {
            Description = "changes the properties of a Xen server",
            Parameters =
            [
                Flag("allowUnauthorized").Optional.Later("a certificate that has changed is shown and accepted under Settings → Pools."), Text("host").Optional,
                Of("httpProxy", "string", "null").Optional.Later("pools are reached directly."), s_id, Of("label", "null", "string").Optional,
                Text("password").Optional, Flag("readOnly").Optional.Later("give people roles on the pool."), Text("username").Optional,
            ],
        },
        new("server.enable", s_connect, call => ChangeAsync(call, pool => pools.SetEnabledAsync(call.Requester, pool, true, CancellationToken.None))) { Description = "enable a Xen server", Parameters = [s_id] },
        new("server.disable", s_connect, call => ChangeAsync(call, pool => pools.SetEnabledAsync(call.Requester, pool, false, CancellationToken.None))) { Description = "disable a Xen server", Parameters = [s_id] },
        new("server.remove", s_connect, call => ChangeAsync(call, pool => pools.RemoveAsync(call.Requester, pool, CancellationToken.None))) { Description = "unregister a Xen server", Parameters = [s_id] },
    ];

    private JsonObject Shape(PoolState state)
    {
        var settings = fleet.Settings(state.Id);
        var shape = new JsonObject
        {
            ["enabled"] = state.Status != PoolStatus.Disabled,
            ["host"] = state.Address,
            ["username"] = settings?.User,
            ["allowUnauthorized"] = false,
            ["readOnly"] = false,
            ["id"] = state.Id.ToString("D"),
            ["status"] = state.Status switch
            {
                PoolStatus.Connected or PoolStatus.Reading => "connected",
                PoolStatus.Connecting => "connecting",
                PoolStatus.Disabled or PoolStatus.Unreachable or PoolStatus.NeedsAttention => "disconnected",
            },
        };
        if (settings?.Label is { Length: > 0 } label)
            shape["label"] = label;
        if (state.PoolUuid is { } uuid)
            (shape["poolId"], shape["poolNameLabel"]) = (uuid, state.Name);
        if (state.Problem is { } problem)
            shape["error"] = new JsonObject { ["message"] = problem };
        return shape;
    }

    private async ValueTask<ApiResult> AddAsync(ApiCall call)
    {
        var accepted = ImmutableArray<PresentedCertificate>.Empty;
        while (true)
        {
            var request = new NewPool(call.Text("host"), call.Text("username"), call.Text("password"), call.TextOrNull("label") ?? "", accepted);
            switch (await pools.AddAsync(call.Requester, request, CancellationToken.None))
            {
                case AddPoolResult.Added added:
                    if (call.FlagOrNull("autoConnect") == false)
                        await pools.SetEnabledAsync(call.Requester, added.State, false, CancellationToken.None);
                    return added.State.Id.ToString("D");
                case AddPoolResult.ConfirmCertificate question when call.Flag("allowUnauthorized") && accepted.Length < MostCertificates:
                    accepted = accepted.Add(question.Certificate);
                    break;
                case AddPoolResult.ConfirmCertificate question:
                    throw new ApiException(
                        ApiErrorCode.ServerUnreachable,
                        $"{question.Explanation} Its fingerprint is {question.Certificate.Fingerprint}. Compare it, and send allowUnauthorized: true to accept exactly this one.",
                        new JsonObject { ["fingerprint"] = question.Certificate.Fingerprint });
                case AddPoolResult.AlreadyThere:
                    throw new ApiException(ApiErrorCode.ObjectAlreadyExists, "server already exists", new JsonObject { ["objectType"] = "server" });
                case AddPoolResult.Refused { IsOfCredentials: true } refused:
                    throw new ApiException(ApiErrorCode.AuthenticationFailed, refused.Problem);
                case AddPoolResult.Refused refused:
                    throw new ApiException(ApiErrorCode.ServerUnreachable, refused.Problem, new JsonObject { ["objectId"] = null });
            }
        }
    }

    private ValueTask<ApiResult> SetAsync(ApiCall call) => ChangeAsync(call, pool => pools.EditAsync(call.Requester, pool, before => before with
    {
        Address = call.TextOrNull("host") ?? before.Address,
        User = call.TextOrNull("username") ?? before.User,
        Password = call.TextOrNull("password") ?? before.Password,
        Label = call.Has("label") ? call.TextOrNull("label") ?? "" : before.Label,
    }, CancellationToken.None));

    private async ValueTask<ApiResult> ChangeAsync(ApiCall call, Func<PoolState, Task> change)
    {
        await change(Guid.TryParse(call.Text("id"), out var id) && fleet.State(id) is { } pool ? pool : throw ApiException.NoSuchObject(call.Text("id"), "xenServer"));
        return ApiResult.Done;
    }
}
