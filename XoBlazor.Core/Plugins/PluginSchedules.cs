using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace XoBlazor.Core.Plugins;

/// <summary>How the scheduled work of all plugins stands, and what is to be done before it is due. Safe from any thread.</summary>
internal sealed class PluginSchedules
{
    private readonly ConcurrentDictionary<string, ImmutableArray<ScheduleStatus>> _all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Action<string>> _running = new(StringComparer.Ordinal);

    /// <summary>Something is different. Handlers only take note and do not throw.</summary>
    public event Action? Changed;

    /// <summary>Empty for a plugin that has none, or was not loaded yet.</summary>
    public ImmutableArray<ScheduleStatus> Of(string plugin) => _all.GetValueOrDefault(plugin, []);

    public void Tell(string plugin, ImmutableArray<ScheduleStatus> all)
    {
        _all[plugin] = all;
        Changed?.Invoke();
    }

    /// <summary>A plugin is loaded; until this is disposed it takes the names of work that is to be done at once.</summary>
    public IDisposable Take(string plugin, Action<string> run)
    {
        _running[plugin] = run;
        return new Taken(this, plugin, run);
    }

    /// <summary>Whether the plugin is loaded, and was told.</summary>
    public bool TryRun(string plugin, string name)
    {
        if (!_running.TryGetValue(plugin, out var run))
            return false;
        run(name);
        return true;
    }

    public void Forget(string plugin) => _all.TryRemove(plugin, out _);

    private sealed class Taken(PluginSchedules schedules, string plugin, Action<string> run) : IDisposable
    {
        public void Dispose() => schedules._running.TryRemove(KeyValuePair.Create(plugin, run));
    }
}
