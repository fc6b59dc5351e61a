using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>Keeps runs as the text they are stored as, for as long as the test lasts. A test may step in before and after each time something is kept.</summary>
internal sealed class MemoryRollingStore : IRollingStore
{
    private readonly ConcurrentDictionary<Guid, string> _kept = new();

    /// <summary>Called with what is about to be kept, or has just been.</summary>
    public Func<RollingRun, bool, CancellationToken, Task>? Around { get; set; }

    public IEnumerable<RollingRun> Kept => _kept.Values.Select(Read);

    public Task<ImmutableArray<RollingRun>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<RollingRun>>([.. Kept]);

    public async Task SaveAsync(RollingRun run, CancellationToken cancellationToken)
    {
        if (Around is { } before)
            await before(run, false, cancellationToken);
        _kept[run.Id] = JsonSerializer.Serialize(run, RollingJson.Default.RollingRun);
        if (Around is { } after)
            await after(run, true, cancellationToken);
    }

    private static RollingRun Read(string text) => JsonSerializer.Deserialize(text, RollingJson.Default.RollingRun)!;
}
