namespace XoBlazor.Core.Store;

/// <summary>
/// Hears of every batch, in order, on the pool's writer thread right after the new picture is visible. It delays that pool's next batch,
/// so it only takes note (the journal puts the batch into a bounded queue) and never throws.
/// </summary>
public interface IStoreObserver
{
    void Observe(StoreBatch batch);
}
