using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Consoles;
using XoBlazor.App.Api.HandOffs;
using XoBlazor.App.Api.JsonRpc;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Api.OpenMetrics;
using XoBlazor.App.Api.Plugins;
using XoBlazor.App.Api.Rest;
using XoBlazor.App.Api.Sessions;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.App.Api;

/// <summary>Registers the API for programs: Xen Orchestra's JSON-RPC over a WebSocket, and its REST.</summary>
internal static class ApiServices
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddOptions<ApiLimits>().BindConfiguration(ApiLimits.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RemoteFileOptions>().BindConfiguration(RemoteFileOptions.Section).ValidateOnStart();
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateOnStart();
        services.AddSingleton<ApiSessions>();
        services.AddHostedService<ApiSessionLoop>();
        services.AddSingleton<ApiSignIn>();
        services.AddSingleton<HandOffDesk>();
        services.AddSingleton<ApiCatalogue>();
        services.AddSingleton<OperationVersion>();
        services.AddSingleton<ApiCalls>();
        services.AddSingleton<UserShape>();
        services.AddSingleton<UserRates>();
        services.AddSingleton<ThumbnailRates>();
        services.AddSingleton<RpcServices>();
        services.AddSingleton<RpcConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<RpcConnections>());
        services.AddApiMethods();
        services.AddXoObjects();
        services.AddRest();
        services.AddOpenMetrics();
        services.AddSingleton<PluginRoutes>();
    }

    public static void MapApi(this WebApplication app)
    {
        // A catalogue that contradicts itself stops the start, not the first call.
        _ = app.Services.GetRequiredService<ApiCatalogue>();
        app.MapApiSocket();
        app.MapHandOffs();
        app.Services.GetRequiredService<RestEndpoints>().Map(app);
        app.MapOpenMetrics();
        app.Services.GetRequiredService<PluginRoutes>().Map(app);
    }
}
