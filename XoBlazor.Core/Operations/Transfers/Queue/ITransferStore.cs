using System.Collections.Immutable;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>Keeps transfers across restarts. What was saved is on disk when the call returns.</summary>
public interface ITransferStore
{
    Task<ImmutableArray<TransferRecord>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Each in the place of one with the same number.</summary>
    Task SaveAsync(IReadOnlyList<TransferRecord> records, CancellationToken cancellationToken);

    Task RemoveAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken);

    Task<bool> IsPausedAsync(CancellationToken cancellationToken);

    Task SetPausedAsync(bool isPaused, CancellationToken cancellationToken);
}
