using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.BuiltIn;

/// <summary>
/// A plugin that is a part of the server: always there, with all that it wants, and as any other loaded, configured and unloaded. Registered as a service; made before the plugins
/// themselves, so that what it needs of these it asks for in <see cref="Create"/>.
/// </summary>
public interface IBuiltInPlugin
{
    /// <summary>As <c>plugin.json</c>, without a program.</summary>
    string Manifest { get; }

    /// <summary>The server is not itself without it: it is loaded whenever it is configured, and cannot be unloaded.</summary>
    bool IsAlwaysLoaded => false;

    /// <summary>For one loading.</summary>
    Plugin Create();
}
