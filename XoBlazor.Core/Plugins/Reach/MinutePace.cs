namespace XoBlazor.Core.Plugins.Reach;

/// <summary>So many within any minute. Safe from any thread.</summary>
internal sealed class MinutePace(int most, TimeProvider time)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<long> _taken = new();

    /// <summary>Counts one; false when it is one too many, and then it does not count.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            while (_taken.TryPeek(out var first) && time.GetElapsedTime(first, now) >= s_minute)
                _taken.Dequeue();
            if (_taken.Count >= most)
                return false;
            _taken.Enqueue(now);
            return true;
        }
    }
}
