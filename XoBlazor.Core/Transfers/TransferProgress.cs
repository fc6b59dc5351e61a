namespace XoBlazor.Core.Transfers;

/// <summary>How much of a transfer has passed, and how fast it goes: counted by whoever moves the bytes, for nothing more than an addition. Safe from any thread.</summary>
public sealed class TransferProgress
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    /// <summary>Over how long a rate is taken: long enough to be calm, short enough to tell of a stall.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private readonly Queue<(DateTimeOffset At, long Bytes)> _looks = [];
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private long _bytes;
    private long _length = -1;

    /// <summary>How many bytes have passed so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many there will be; null when that is not known before the end.</summary>
    public long? Length
    {
        get => Interlocked.Read(ref _length) is >= 0 and var length ? length : null;
        set => Interlocked.Exchange(ref _length, value ?? -1);
    }

    /// <summary>How it goes at this moment, by what passed since earlier looks.</summary>
    public TransferPace Look(DateTimeOffset now)
    {
        lock (_looks)
        {
            var bytes = Bytes;
            if (now - _last >= s_between)
            {
                _looks.Enqueue((now, bytes));
                _last = now;
            }

            while (_looks.Count > 2 && now - _looks.Peek().At > s_window)
                _looks.Dequeue();
            var (at, before) = _looks.Peek();
            return new(bytes, Length, now - at >= s_between ? (bytes - before) / (now - at).TotalSeconds : null);
        }
    }

    /// <summary>So many more have passed.</summary>
    public void Count(long bytes) => Interlocked.Add(ref _bytes, bytes);
}

/// <summary>A transfer at one moment.</summary>
/// <param name="Length">Null when it is not known before the end.</param>
/// <param name="Rate">Bytes in a second; null before anything can be said.</param>
public readonly record struct TransferPace(long Bytes, long? Length, double? Rate)
{
    /// <summary>0 to 1; null when the length is not known.</summary>
    public double? Share => Length is > 0 and var length ? Math.Min(1, (double)Bytes / length) : null;

    /// <summary>How long it takes from here at this rate; null when that cannot be said.</summary>
    public TimeSpan? Left => Length is { } length && Rate is >= 1 and var rate && (length - Bytes) / rate is >= 0 and < 1e8 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
