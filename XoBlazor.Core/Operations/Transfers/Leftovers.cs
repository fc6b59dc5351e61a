using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>What transfers under way have made, and what is left of those that ended otherwise than they should: <see cref="LeftoverLoop"/> takes it away. Safe from any thread.</summary>
public sealed class Leftovers(ILeftoverStore store)
{
    private readonly ConcurrentDictionary<string, bool> _underWay = new();
    private readonly SemaphoreSlim _news = new(0);

    /// <summary>Writes down what a transfer is going to make, and then what became of it.</summary>
    internal async Task RememberAsync(Leftover leftover, CancellationToken token)
    {
        _underWay[leftover.Mark] = true;
        await store.SaveAsync(leftover, token);
    }

    /// <summary>The transfer has ended.</summary>
    /// <param name="isClean">Nothing is left of it; else it is taken away later.</param>
    internal async Task EndAsync(string mark, bool isClean)
    {
        if (isClean)
            await store.RemoveAsync(mark, CancellationToken.None);
        _underWay.TryRemove(mark, out _);
        if (!isClean)
            _news.Release();
    }

    /// <summary>Of those that nobody works on any more.</summary>
    internal async Task<ImmutableArray<Leftover>> FindAsync(CancellationToken token) =>
        [.. (await store.LoadAsync(token)).Where(one => !_underWay.ContainsKey(one.Mark))];

    internal Task RemoveAsync(string mark, CancellationToken token) => store.RemoveAsync(mark, token);

    /// <summary>Waits for more, or as long.</summary>
    internal Task WaitAsync(TimeSpan patience, CancellationToken token) => _news.WaitAsync(patience, token);
}
