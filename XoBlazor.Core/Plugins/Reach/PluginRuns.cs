using System.Collections.Concurrent;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Operations that plugins are at, by the plugin and the run. Safe from any thread.</summary>
internal sealed class PluginRuns
{
    private readonly ConcurrentDictionary<(string Plugin, string Run), Action<double>> _all = new();

    /// <summary>Until this is disposed the plugin may tell how far it is.</summary>
    public IDisposable Begin(string plugin, string run, Action<double> reach)
    {
        _all[(plugin, run)] = reach;
        return new Begun(() => _all.TryRemove((plugin, run), out _));
    }

    /// <summary>Whether the plugin is at such a run.</summary>
    public bool TryReach(string plugin, string run, double share)
    {
        if (!_all.TryGetValue((plugin, run), out var reach))
            return false;
        reach(share);
        return true;
    }

    private sealed class Begun(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
