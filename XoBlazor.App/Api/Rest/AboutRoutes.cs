using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Rest;

/// <summary>What the API says about itself.</summary>
internal sealed class AboutRoutes(TimeProvider time) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/ping", "Whether the server answers, and its clock.", call => call.JsonAsync(new JsonObject { ["result"] = "pong", ["timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds() })) { IsOpen = true },
        new("GET", "/gui-routes", "Where the console is.", static call => call.JsonAsync(new JsonObject { ["xo5"] = "/", ["xo6"] = "/" })) { IsOpen = true },
    ];
}
