using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Api.XoObjects.Feed;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>Registers the objects as Xen Orchestra shapes them, and the feed of what becomes of them.</summary>
internal static class XoObjectServices
{
    public static void AddXoObjects(this IServiceCollection services)
    {
        services.AddSingleton(new XoFeedOptions());
        services.AddSingleton<XoFeeds>();
        services.AddSingleton<XoFeedFollower>();
        services.AddSingleton<IApiFollower>(with => with.GetRequiredService<XoFeedFollower>());
        services.AddSingleton<IApiMethods, XoMethods>();
    }
}
