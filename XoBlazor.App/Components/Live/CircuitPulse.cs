namespace XoBlazor.App.Components.Live;

/// <summary>
/// The one timer of a circuit. Publishers never call into a circuit: they swap what <see cref="IPictureSource.Current"/> returns, and
/// this pulse, 15 times a second, sees the new version and lets everything live on the screen look again, in one render batch.
/// Started and stopped by <see cref="PulseRoot"/>; its members are used on the circuit's dispatcher only.
/// </summary>
public sealed class CircuitPulse(TimeProvider time)
{
    /// <summary>Short enough for a change to reach the eye within 120 ms, long enough to collapse bursts.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(66);

    private readonly List<ILive> _members = [];
    private readonly Dictionary<IPictureSource, int> _sources = [];
    private readonly Dictionary<IPictureSource, long> _seen = [];
    private long _second;

    public DateTimeOffset Now => time.GetUtcNow();

    public void Join(ILive member, IPictureSource source)
    {
        _members.Add(member);
        _sources[source] = _sources.GetValueOrDefault(source) + 1;
        _seen.TryAdd(source, source.Current.Version);
    }

    public void Leave(ILive member, IPictureSource source)
    {
        if (!_members.Remove(member))
            return;
        if (--_sources[source] == 0)
        {
            _sources.Remove(source);
            _seen.Remove(source);
        }
    }

    /// <summary>Runs until cancelled. <paramref name="beat"/> gets every beat that has something to say.</summary>
    internal async Task RunAsync(Func<Beat, Task> beat, CancellationToken token)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(token))
        {
            var now = Now;
            var isSecond = now.ToUnixTimeSeconds() != _second;
            if (isSecond || HasNews())
                await beat(new Beat(now, isSecond));
        }
    }

    /// <summary>Lets the members look. Whoever joins or leaves meanwhile is heard at the next beat.</summary>
    internal void Spread(Beat beat)
    {
        _second = beat.Now.ToUnixTimeSeconds();
        foreach (var source in _sources.Keys)
            _seen[source] = source.Current.Version;
        foreach (var member in _members.ToArray())
            member.Look(beat);
    }

    private bool HasNews()
    {
        foreach (var (source, version) in _seen)
            if (source.Current.Version != version)
                return true;
        return false;
    }
}
