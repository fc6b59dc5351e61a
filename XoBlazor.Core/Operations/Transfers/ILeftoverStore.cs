using System.Collections.Immutable;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>Keeps <see cref="Leftover"/>s across restarts. What was saved is on disk when the call returns.</summary>
public interface ILeftoverStore
{
    Task<ImmutableArray<Leftover>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>In the place of one with the same mark.</summary>
    Task SaveAsync(Leftover leftover, CancellationToken cancellationToken);

    Task RemoveAsync(string mark, CancellationToken cancellationToken);
}
