using Microsoft.Extensions.Time.Testing;

namespace XoBlazor.Tests.Support;

/// <summary>
/// A clock that goes like any other until a test stops it, and then only as far as the test turns it: how long something takes by its own clock is told without a race, however busy
/// the machine is.
/// </summary>
internal sealed class StoppableTime : FakeTimeProvider, IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(20);

    /// <summary>How long what needs no time is waited for before the clock is turned.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(4);

    private readonly Task _going;
    private volatile bool _isStopped;
    private volatile bool _isOver;

    public StoppableTime()
        : base(System.GetUtcNow()) => _going = GoAsync();

    /// <summary>Stops the clock, does something, and turns the clock on until it is over. Fails when that takes more than <paramref name="most"/>. The clock goes on then.</summary>
    public async Task WithinAsync(TimeSpan most, Func<Task> act, Func<bool> isOver)
    {
        _isStopped = true;
        var spent = TimeSpan.Zero;
        await act();
        while (!await SoonAsync(isOver))
        {
            Assert.True(spent < most, $"it is not over after {most}");
            Advance(most / 20);
            spent += most / 20;
        }

        _isStopped = false;
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _going;
    }

    private static async Task<bool> SoonAsync(Func<bool> isOver)
    {
        using var patience = new CancellationTokenSource(s_step);
        while (!isOver())
        {
            if (patience.IsCancellationRequested)
                return false;
            await Task.Delay(5, CancellationToken.None);
        }

        return true;
    }

    private async Task GoAsync()
    {
        var last = System.GetTimestamp();
        while (!_isOver)
        {
            await Task.Delay(s_tick, CancellationToken.None);
            var now = System.GetTimestamp();
            if (!_isStopped)
                Advance(System.GetElapsedTime(last, now));
            last = now;
        }
    }
}
