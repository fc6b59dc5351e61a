using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>When any host last told us something new.</summary>
public sealed class LastEvent : IStoreObserver
{
    private StoreBatch? _last;

    public DateTimeOffset? Moment => Volatile.Read(ref _last)?.Time;

    public void Observe(StoreBatch batch) => Volatile.Write(ref _last, batch);
}
