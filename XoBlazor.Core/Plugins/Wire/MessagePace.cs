namespace XoBlazor.Core.Plugins.Wire;

/// <summary>Lets so many messages a second pass, five times as many at once; those beyond wait. For one reader.</summary>
internal sealed class MessagePace(int perSecond, TimeProvider time)
{
    private const int Burst = 5;

    private double _left = perSecond * Burst;
    private long _seen = time.GetTimestamp();
    private long _slowed;

    /// <summary>How often a message had to wait.</summary>
    public long Slowed => Volatile.Read(ref _slowed);

    public async ValueTask WaitAsync(CancellationToken token)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(perSecond * Burst, _left + time.GetElapsedTime(_seen, now).TotalSeconds * perSecond);
        _seen = now;
        _left--;
        if (_left >= 0)
            return;
        Interlocked.Increment(ref _slowed);
        await Task.Delay(TimeSpan.FromSeconds(-_left / perSecond), time, token).ConfigureAwait(false);
    }
}
