namespace XoBlazor.Core.Pools;

/// <summary>Pauses that double up to a cap, each shortened at random by up to half so that many pools do not knock together.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Random random)
{
    /// <summary>Failures since the last <see cref="Reset"/>.</summary>
    public int Failures { get; private set; }

    public TimeSpan Next()
    {
        var full = first * Math.Pow(2, Math.Min(Failures++, 20));
        return (full < longest ? full : longest) * (1 - (random.NextDouble() / 2));
    }

    public void Reset() => Failures = 0;
}
