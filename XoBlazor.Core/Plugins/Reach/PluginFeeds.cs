using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>What a plugin is told of, as it was accepted.</summary>
internal static class PluginFeeds
{
    public static IEnumerable<IPluginFeed> Of(PluginSettings plugin, PluginObjects objects, PluginLog log, PluginContext context)
    {
        if (plugin.Given.Has<ReadWant>())
            yield return new PluginFeed(objects, context.Options.CallPatience, log);
        if (plugin.Given.Has<AfterWant>())
            yield return new AfterFeed(plugin, context);
        if (plugin.Given.Has<AuditWant>())
            yield return new AuditFeed(plugin.Id, log, context);
        if (plugin.Given.Has<ScheduleWant>())
            yield return new ScheduleFeed(plugin, context);
    }
}
