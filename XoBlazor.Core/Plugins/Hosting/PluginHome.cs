using XoBlazor.Core.Plugins.Assemblies;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>What one plugin has on this server, from its installation to its removal.</summary>
/// <param name="Changed">Something of it is different.</param>
internal sealed record PluginHome(PluginLog Log, PluginFolders Folders, PluginLoadings Loadings, Action Changed);
