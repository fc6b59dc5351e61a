namespace XoBlazor.App.Hosting;

/// <summary>
/// For supervisors and load balancers: <c>/healthz</c> says that the process answers, <c>/readyz</c> that it can do its work
/// (503 when not). Open to all, so they tell states and counts, never names.
/// </summary>
internal static class HealthEndpoints
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<IReadinessCheck, PoolsReadiness>();
    }

    public static bool IsHealth(PathString path) => path == "/healthz" || path == "/readyz";

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Json(new { status = "ok" })).AllowAnonymous();
        app.MapGet("/readyz", async (Readiness readiness, CancellationToken token) =>
        {
            var report = await readiness.LookAsync(token);
            return Results.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }
}
