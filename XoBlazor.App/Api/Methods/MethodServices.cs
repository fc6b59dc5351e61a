using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.Methods;

/// <summary>Registers the methods, a class for each of Xen Orchestra's namespaces.</summary>
internal static class MethodServices
{
    public static void AddApiMethods(this IServiceCollection services)
    {
        services.AddSingleton<IApiMethods, SystemMethods>();
        services.AddSingleton<IApiMethods, SessionMethods>();
        services.AddSingleton<IApiMethods, TokenMethods>();
    }
}
