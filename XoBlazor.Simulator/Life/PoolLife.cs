using XoBlazor.Simulator.Events;

namespace XoBlazor.Simulator.Life;

/// <summary>
/// Lets a pool live: figures move, VMs start and stop, snapshots and alerts come and go, so that a client that follows everything is told
/// of about so many events a second. Events are counted as that client counts them: several writes to an object that it hears of together
/// are one, a write of what was there already is none, what other clients cause counts too. What is chosen follows a seed; when it happens
/// depends on the clock.
/// </summary>
internal sealed class PoolLife
{
    /// <summary>Even a quiet pool does something worth looking at now and then: once in so many seconds.</summary>
    private const double CalmSeconds = 20;

    /// <summary>Of a busy pool's moves, every so many-th begins an operation, which makes dozens of events more.</summary>
    private const double OperationShare = 0.004;

    /// <summary>A pool that fell behind does not make up for more than this.</summary>
    private const double LongestDebtSeconds = 2;

    /// <summary>Moves that come to nothing are made up for, but a pool too small for its rate is not worked to death.</summary>
    private const double MostMovesForAnEvent = 2;

    /// <summary>As long as a real host gathers changes before it answers.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    private static readonly Subscriptions s_everything = new(["*"]);

    private readonly PoolSimulator _pool;
    private readonly double _rate;
    private readonly Random _random;
    private readonly Figures _figures;
    private readonly Activity _activity;
    private string _seen;
    private double _credit;

    public PoolLife(PoolSimulator pool, double rate, int seed)
    {
        (_pool, _rate, _random) = (pool, rate, new(seed));
        (_figures, _activity) = (new(pool, seed), new(pool, seed));
        _seen = new Token(pool.Db.Generation, pool.Messages.LastNumber).ToString();
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_tick, _pool.Time);
        var last = _pool.Time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                // Ticks are skipped on a busy machine: what counts is the time that has passed.
                var now = _pool.Time.GetTimestamp();
                Live(_pool.Time.GetElapsedTime(last, now), cancellation);
                last = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The pool stops, and its life with it.
        }
    }

    /// <summary>
    /// Lets so much time pass: takes what a client would have been told meanwhile off what is owed, then does as many things as are missing.
    /// What came of them is seen the next time.
    /// </summary>
    public void Live(TimeSpan elapsed, CancellationToken cancellation)
    {
        var news = _pool.Events.Since(s_everything, _seen);
        _seen = news.Token;
        _credit = Math.Min(_credit + (_rate * elapsed.TotalSeconds) - news.Events.Count, _rate * LongestDebtSeconds);
        var most = 1 + (MostMovesForAnEvent * _rate * elapsed.TotalSeconds);
        for (var owed = Math.Floor(Math.Min(_credit, most)); owed > 0; owed--)
            Act(cancellation);
    }

    private void Act(CancellationToken cancellation)
    {
        var operationsPerSecond = (1 / CalmSeconds) + (OperationShare * _rate);
        if (_random.NextDouble() < operationsPerSecond / _rate)
            _activity.Begin(cancellation);
        else
            _figures.Move();
    }
}
