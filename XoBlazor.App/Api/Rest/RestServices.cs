using Microsoft.AspNetCore.Authentication;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Rest.Accounts;
using XoBlazor.App.Api.Rest.Actions;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.Rest.Docs;
using XoBlazor.App.Api.Rest.Events;
using XoBlazor.App.Api.Rest.SignIn;
using XoBlazor.App.Api.Rest.Tasks;

namespace XoBlazor.App.Api.Rest;

/// <summary>Registers the REST API.</summary>
internal static class RestServices
{
    public static void AddRest(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, RestAuthentication>(RestAuthentication.Name, null);
        services.AddSingleton<BasicSessions>();
        services.AddHostedService(provider => provider.GetRequiredService<BasicSessions>());
        services.AddSingleton<UserRequests>();
        services.AddSingleton<RestTasks>();
        services.AddSingleton<ActionRoute>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<IRestRoutes, AboutRoutes>();
        services.AddSingleton<IRestRoutes, DocsRoutes>();
        services.AddSingleton<IRestRoutes, ObjectRoutes>();
        services.AddSingleton<IRestRoutes, TaskRoutes>();
        services.AddSingleton<IRestRoutes, VmRoutes>();
        services.AddSingleton<IRestRoutes, PoolRoutes>();
        services.AddSingleton<IRestRoutes, StorageRoutes>();
        services.AddSingleton<IRestRoutes, NetworkRoutes>();
        services.AddSingleton<IRestRoutes, TransferRoutes>();
        services.AddSingleton<IRestRoutes, QueueRoutes>();
        services.AddSingleton<IRestRoutes, OperationRoutes>();
        services.AddSingleton<IRestRoutes, MetricsRoutes>();
        services.AddSingleton<IRestRoutes, UpdateRoutes>();
        services.AddSingleton<IRestRoutes, EventRoutes>();
        services.AddSingleton<IRestRoutes, UserRoutes>();
        services.AddSingleton<IRestRoutes, GroupRoutes>();
        services.AddSingleton<IRestRoutes, ServerRoutes>();
        services.AddSingleton<RestRoutes>();
        services.AddSingleton<RestEndpoints>();
    }
}
