using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.JsonRpc;

namespace XoBlazor.App.Api.Methods;

/// <summary>The API's own connections, for administrators.</summary>
internal sealed class ConnectionMethods(RpcConnections connections) : IApiMethods
{
    private static readonly ApiPermission s_administer = ApiPermission.Of(AdministrationRights.Users);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("api.getConnections", s_administer, _ => ValueTask.FromResult<ApiResult>(new JsonArray([.. connections.Open.Select(Shape)])))
        {
            Description = "Get all API connections to this server",
        },
        new("api.closeAllConnections", s_administer, CloseAsync) { Description = "Close all API connections to this server but this one" },
    ];

    private static JsonNode Shape(RpcConnection connection)
    {
        var shape = new JsonObject { ["user_ip"] = connection.Address?.ToString() };
        if (connection.Session is { } session)
            (shape["user_id"], shape["user"]) = (session.Requester.Actor.Id, session.Requester.Actor.Name);
        return shape;
    }

    private async ValueTask<ApiResult> CloseAsync(ApiCall call)
    {
        foreach (var other in connections.Open)
            if (!ReferenceEquals(other, call.Caller))
                await other.CloseAsync(WebSocketCloseStatus.PolicyViolation, "An administrator closed all connections.");
        return ApiResult.Done;
    }
}
