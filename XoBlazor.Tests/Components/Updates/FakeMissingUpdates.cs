using XoBlazor.Core.Patching;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Components.Updates;

/// <summary>What hosts lack, as a test says.</summary>
internal sealed class FakeMissingUpdates : IMissingUpdates
{
    private readonly Dictionary<ObjectKey, HostUpdates> _next = [];
    private readonly Dictionary<ObjectKey, HostUpdates> _known = [];

    public event Action<ObjectKey>? Changed;

    /// <summary>How often somebody asked.</summary>
    public int Asked { get; private set; }

    /// <summary>The next answer for a host.</summary>
    public void Tell(HostUpdates lacks) => _next[lacks.Host] = lacks;

    public HostUpdates? Last(ObjectKey host) => _known.GetValueOrDefault(host);

    public Task<HostUpdates> LookAsync(ObjectKey host, TimeSpan age, CancellationToken token)
    {
        Asked++;
        _known[host] = _next.TryGetValue(host, out var told) ? told : new(host, HostGeneration.Packages, [], new DateTimeOffset(2026, 11, 22, 13, 55, 0, TimeSpan.Zero), null);
        Changed?.Invoke(host);
        return Task.FromResult(_known[host]);
    }
}
