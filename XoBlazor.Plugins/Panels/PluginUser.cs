namespace XoBlazor.Plugins;

/// <summary>A person of the server, as a plugin is told of them.</summary>
/// <param name="Id">Lasting.</param>
public sealed record PluginUser(string Id, string Name);
