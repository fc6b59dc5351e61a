using System.Collections.Immutable;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Puts the operations of plugins into the catalogue while these are loaded or on their way to be, and the rights to them while they are accepted. Safe from any thread.</summary>
internal sealed class ProvidedOperations(PluginFleet fleet, PluginContext context)
{
    private readonly Lock _gate = new();
    private ImmutableArray<(PluginSettings Plugin, bool IsThere)> _last = [];

    /// <summary>Something of some plugin is different.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            ImmutableArray<(PluginSettings Plugin, bool IsThere)> now =
                [.. fleet.All.Where(plugin => plugin.Settings.Given.Has<ProvidesWant>()).Select(plugin => (plugin.Settings, plugin.Status.State is PluginState.Loading or PluginState.Loaded or PluginState.Waiting))];
            if (now.SequenceEqual(_last, Same.Instance))
                return;
            _last = now;
            context.Operations.Provide(
                now.Where(one => one.IsThere).SelectMany(one => one.Plugin.Given.Of<ProvidesWant>().Where(want => want.Problem(context.Operations) is null).Select(want => ProvidedOperation.Of(one.Plugin, want, fleet, context))),
                now.Select(one => ProvidedOperation.RightTo(one.Plugin)));
        }
    }

    private sealed class Same : IEqualityComparer<(PluginSettings Plugin, bool IsThere)>
    {
        public static Same Instance { get; } = new();

        public bool Equals((PluginSettings Plugin, bool IsThere) x, (PluginSettings Plugin, bool IsThere) y) => ReferenceEquals(x.Plugin, y.Plugin) && x.IsThere == y.IsThere;

        public int GetHashCode((PluginSettings Plugin, bool IsThere) one) => one.IsThere.GetHashCode();
    }
}
