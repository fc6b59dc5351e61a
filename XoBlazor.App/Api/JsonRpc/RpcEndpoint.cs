using Microsoft.Net.Http.Headers;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>The socket at exactly <c>/api/</c>. A browser's cookie means nothing here: whoever connects is nobody until they sign in.</summary>
internal static class RpcEndpoint
{
    public const string Path = "/api/";

    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(30);

    /// <summary>Before anything looks for who is signed in: the cookie of a browser is left at the door.</summary>
    public static void UseApiSocket(this WebApplication app) => app.UseWhen(static context => context.Request.Path == Path, static branch =>
    {
        branch.UseWebSockets(new() { KeepAliveInterval = s_ping, KeepAliveTimeout = s_ping });
        branch.Use(static (context, next) =>
        {
            context.Request.Headers.Remove(HeaderNames.Cookie);
            return next(context);
        });
    });

    public static void MapApiSocket(this WebApplication app) => app.MapGet(Path, ServeAsync).AllowAnonymous();

    private static async Task ServeAsync(HttpContext context, RpcConnections connections, RpcServices with)
    {
        // Routing takes /api for the same.
        if (context.Request.Path != Path)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            await context.Response.WriteAsync("This is the JSON-RPC API: connect with a WebSocket.");
            return;
        }
        if (connections.Count >= with.Limits.MostConnections)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("Too many connections at the moment.");
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var connection = new RpcConnection(socket, context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent.ToString(), with, context.RequestAborted);
        using var open = connections.Add(connection);
        await connection.RunAsync();
    }
}
