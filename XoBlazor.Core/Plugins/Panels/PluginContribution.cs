using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins.Panels;

/// <summary>Something that a loaded plugin shows in the console. Immutable.</summary>
/// <param name="Plugin">Its id.</param>
/// <param name="PluginName">The author's words.</param>
/// <param name="Pools">The uuids of the pools in which it stands; empty for all.</param>
public sealed record PluginContribution(string Plugin, string PluginName, UiWant Want, ImmutableArray<string> Pools)
{
    /// <summary>Where both lead to the same, it is the same.</summary>
    public string Key => $"{Plugin}.{Want.Id}";

    /// <summary>It stands on this object.</summary>
    public bool IsOn(string pool, XapiObject value) => Want.Class == value.Class && (Pools.IsEmpty || Pools.Contains(pool));
}
