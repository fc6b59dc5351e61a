using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Store;

internal sealed class FakeObserver(Action<StoreBatch> observe) : IStoreObserver
{
    public void Observe(StoreBatch batch) => observe(batch);
}
