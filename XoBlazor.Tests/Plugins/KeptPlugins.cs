using System.Collections.Concurrent;
using System.Collections.Immutable;
using XoBlazor.Core.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins kept in memory.</summary>
internal sealed class KeptPlugins : IPluginStore
{
    private readonly ConcurrentDictionary<string, (PluginSettings Settings, byte[] Package)> _all = new();
    private readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, string>> _values = new();
    private TaskCompletionSource _turned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ImmutableArray<PluginSettings>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(_all.Values.Select(one => one.Settings).ToImmutableArray());

    public Task SaveAsync(PluginSettings settings, byte[]? package, CancellationToken cancellationToken)
    {
        _all.AddOrUpdate(settings.Id, _ => (settings, package!), (_, before) => (settings, package ?? before.Package));
        return Task.CompletedTask;
    }

    public Task<byte[]?> PackageAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_all.TryGetValue(id, out var one) ? one.Package : null);

    public Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        _all.TryRemove(id, out _);
        _values.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    public Task<ImmutableSortedDictionary<string, string>> ValuesAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(_values.GetValueOrDefault(id, ImmutableSortedDictionary<string, string>.Empty));

    public Task SetValueAsync(string id, string key, string? value, CancellationToken cancellationToken)
    {
        _values.AddOrUpdate(id, _ => value is null ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add(key, value),
            (_, before) => value is null ? before.Remove(key) : before.SetItem(key, value));
        Interlocked.Exchange(ref _turned, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Waits until a plugin keeps a value that suits, and gives that.</summary>
    public async Task<string> ValueAsync(string id, string key, Func<string, bool> suits, CancellationToken token)
    {
        while (true)
        {
            var turned = Volatile.Read(ref _turned).Task;
            if ((await ValuesAsync(id, token)).TryGetValue(key, out var value) && suits(value))
                return value;
            await turned.WaitAsync(token);
        }
    }
}
