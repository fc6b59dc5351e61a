using XoBlazor.Core.Plugins.Hosting;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Tells a plugin of something for as long as it is loaded.</summary>
internal interface IPluginFeed
{
    /// <summary>Runs until cancelled, or the plugin breaks: <see cref="Wire.PluginBrokenException"/>.</summary>
    Task RunAsync(IPluginLine line, CancellationToken token);
}
