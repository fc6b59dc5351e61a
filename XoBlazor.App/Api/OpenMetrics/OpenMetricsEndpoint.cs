using System.Globalization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Rest;
using XoBlazor.App.Api.Rest.SignIn;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>Where Prometheus scrapes, with an API token: everybody gets what they may view.</summary>
internal static class OpenMetricsEndpoint
{
    public const string Path = "/metrics";

    private const string OpenMetricsType = "application/openmetrics-text";
    private const string Timeout = "X-Prometheus-Scrape-Timeout-Seconds";

    // Of the scraper's patience the hosts get most, and the writing the rest.
    private const double HostsShare = 0.6;
    private const double UsualSeconds = 10;
    private const double MostSeconds = 60;

    public static void AddOpenMetrics(this IServiceCollection services)
    {
        services.AddSingleton<OpenCircuits>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<OpenCircuits>());
        services.AddSingleton<EventLag>();
        services.AddSingleton<IStoreObserver>(provider => provider.GetRequiredService<EventLag>());
        services.AddSingleton<OpenMetricsDoor>();
        services.AddSingleton<IBuiltInPlugin, OpenMetricsBuiltIn>();
        services.AddSingleton<ServerFamilies>();
        services.AddSingleton<MetricsReport>();
    }

    public static void MapOpenMetrics(this IEndpointRouteBuilder site) => site.MapGet(Path, ServeAsync).RequireAuthorization(RestAuthentication.SignedIn);

    private static async Task ServeAsync(HttpContext context, MetricsReport report, OpenMetricsDoor door, AccessEngine access, UserRequests requests, TimeProvider time)
    {
        var session = context.Features.Get<ApiSession>()!;
        var user = session.Requester.Actor;
        try
        {
            var choice = door.Open() ?? throw new ApiException(
                ApiErrorCode.NoSuchObject, $"Figures for Prometheus are switched off. Somebody who may administer plugins can load {OpenMetricsBuiltIn.Name} under Settings → Plugins.");
            using var counted = requests.Enter(user.Id);
            using var patience = new CancellationTokenSource(HostsPatience(context.Request), time);
            using var inTime = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
            var isOpenMetrics = context.Request.Headers.Accept.Any(accepted => accepted?.Contains(OpenMetricsType, StringComparison.OrdinalIgnoreCase) == true);
            context.Response.ContentType = isOpenMetrics ? OpenMetricsType + "; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
            context.Response.Headers.CacheControl = "private, no-store";
            await report.WriteAsync(
                new(context.Response.BodyWriter, isOpenMetrics), session.View.Current, choice, access.AllowsEverywhere(user, AdministrationRights.Observe), inTime.Token, context.RequestAborted);
        }
        catch (ApiException refused) when (!context.Response.HasStarted)
        {
            await RestErrors.WriteAsync(context, refused);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    private static TimeSpan HostsPatience(HttpRequest request)
    {
        var seconds = double.TryParse(request.Headers[Timeout], NumberStyles.Float, CultureInfo.InvariantCulture, out var said) && said > 0 ? Math.Min(said, MostSeconds) : UsualSeconds;
        return TimeSpan.FromSeconds(seconds * HostsShare);
    }
}
