using System.Collections.Immutable;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>Keeps runs across restarts. What was saved is on disk when the call returns; safe from any thread.</summary>
public interface IRollingStore
{
    /// <summary>All that go on, and the newest of those that ended.</summary>
    Task<ImmutableArray<RollingRun>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>In the place of what was saved of the same run.</summary>
    Task SaveAsync(RollingRun run, CancellationToken cancellationToken);
}
