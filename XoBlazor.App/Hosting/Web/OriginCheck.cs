using XoBlazor.App.Api.Consoles;

namespace XoBlazor.App.Hosting.Web;

/// <summary>
/// Browsers let any site open a WebSocket to us with our cookies; only the Origin tells. So whatever upgrades or changes something
/// with a foreign Origin is refused, and a WebSocket without one too, unless it carries its own token: without cookies, or where the console's cookie means nothing.
/// </summary>
internal static class OriginCheck
{
    public static void UseOriginCheck(this WebApplication app) => app.Use((context, next) =>
    {
        if (IsAllowed(context.Request))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This request comes from another site and is refused.");
    });

    internal static bool IsAllowed(HttpRequest request)
    {
        var upgrades = request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);
        if (!upgrades && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)))
            return true;

        var origins = request.Headers.Origin;
        if (origins.Count == 0)
            return !upgrades || request.Headers.Cookie.Count == 0 || ConsoleSockets.IsForPrograms(request.Path);

        return origins.Count == 1 && string.Equals(origins[0], $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}
