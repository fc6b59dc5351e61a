using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Life;

/// <summary>
/// Lets a pool live: figures move, VMs start and stop, snapshots and alerts come and go, about so many changes a second. What is chosen
/// follows a seed; when it happens depends on the clock and on what clients do meanwhile, whose changes count too.
/// </summary>
internal sealed class PoolLife(PoolSimulator pool, double rate, int seed)
{
    /// <summary>Even a quiet pool does something worth looking at now and then: once in so many seconds.</summary>
    private const double CalmSeconds = 20;

    /// <summary>Of a busy pool's changes, every so many-th begins an operation, which makes some thirty more.</summary>
    private const double OperationShare = 0.004;

    /// <summary>A pool that fell behind does not make up for more than this.</summary>
    private const double LongestDebtSeconds = 2;

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    private readonly Random _random = new(seed);
    private readonly Figures _figures = new(pool, seed);
    private readonly Activity _activity = new(pool, seed);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_tick, pool.Time);
        var credit = 0.0;
        var seen = pool.Db.Generation;
        var last = pool.Time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                // Ticks are skipped on a busy machine: what counts is the time that has passed.
                var now = pool.Time.GetTimestamp();
                credit = Math.Min(credit + (rate * pool.Time.GetElapsedTime(last, now).TotalSeconds), rate * LongestDebtSeconds);
                last = now;
                Pay(ref credit, ref seen);
                while (credit >= 1)
                {
                    Act(cancellation);
                    if (!Pay(ref credit, ref seen)) credit--;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pool stops, and its life with it.
        }
    }

    /// <summary>Takes what has changed meanwhile off the credit; false when nothing has.</summary>
    private bool Pay(ref double credit, ref long seen)
    {
        var now = pool.Db.Generation;
        var changes = now - seen;
        credit -= changes;
        seen = now;
        return changes > 0;
    }

    private void Act(CancellationToken cancellation)
    {
        var operationsPerSecond = (1 / CalmSeconds) + (OperationShare * rate);
        if (_random.NextDouble() < operationsPerSecond / rate)
            _activity.Begin(cancellation);
        else
            _figures.Move();
    }
}
