namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>The real clock with impatient timers: what should wait ten seconds waits half of one.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Factor = 20;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Factor : dueTime, period);
}
