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

    /// <summary>The address of the page on which it is set up, where it has one in the place of a form; null for others.</summary>
    string? Page => null;

    /// <summary>What is set up on <see cref="Page"/> now, in a few words for people.</summary>
    string? PageWords => null;

    /// <summary>For one loading.</summary>
    Plugin Create();
}
