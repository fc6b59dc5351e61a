namespace XoBlazor.App.Api.Limits;

/// <summary>So many calls a second in the long run, and some more at once. Thread-safe.</summary>
/// <param name="perSecond">In the long run.</param>
/// <param name="atOnce">After a pause.</param>
internal sealed class RateLimit(int perSecond, int atOnce, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _left = atOnce;
    private long _last = time.GetTimestamp();

    /// <summary>Counts a call; false when it is one too many, and then it does not count.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            _left = Math.Min(atOnce, _left + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
            _last = now;
            if (_left < 1)
                return false;
            _left--;
            return true;
        }
    }
}
