using System.Collections.Concurrent;
using System.Collections.Immutable;
using XoBlazor.Core.Operations.Transfers;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>Keeps what is to be taken away, for as long as the test runs.</summary>
internal sealed class MemoryLeftoverStore : ILeftoverStore
{
    private readonly ConcurrentDictionary<string, Leftover> _kept = new();

    public IReadOnlyCollection<Leftover> All => [.. _kept.Values];

    /// <summary>How often something was written down.</summary>
    public int Saved { get; private set; }

    public Task<ImmutableArray<Leftover>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<Leftover>>([.. _kept.Values]);

    public Task SaveAsync(Leftover leftover, CancellationToken cancellationToken)
    {
        _kept[leftover.Mark] = leftover;
        Saved++;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string mark, CancellationToken cancellationToken)
    {
        _kept.TryRemove(mark, out _);
        return Task.CompletedTask;
    }
}
