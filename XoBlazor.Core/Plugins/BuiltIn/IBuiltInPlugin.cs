using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.BuiltIn;

/// <summary>A plugin that is a part of the server: always there, with all that it wants, and as any other loaded, configured and unloaded.</summary>
public interface IBuiltInPlugin
{
    /// <summary>As <c>plugin.json</c>, without a program.</summary>
    string Manifest { get; }

    /// <summary>For one loading.</summary>
    Plugin Create();
}
