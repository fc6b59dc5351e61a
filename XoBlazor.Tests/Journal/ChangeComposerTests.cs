using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Recording;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Journal;

/// <summary>What waits to be recorded is what is there and has noise to tell: nothing else is held, however long others wait.</summary>
public sealed class ChangeComposerTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ChangeComposer _composer = new(new ThinningPolicy(ThinningPolicy.DefaultRules()));
    private readonly TrackedPool _pool = new("pool");

    [Fact]
    public void Noise_OfObjectsThatWent_IsNotHeld()
    {
        for (var i = 0; i < 5_000; i++)
        {
            See(Metrics(i, 0), i);
            See(Metrics(i, 1), i + 1);
            if (i >= 10)
                _composer.Gone(_pool, ObjectUid.Of(Metrics(i, 1)), Seen(i + 2));
        }

        Assert.InRange(_composer.Queued, 10, 100);
        Assert.Equal(10, _composer.Due(s_start.AddHours(2)).Count());
    }

    [Fact]
    public void Noise_ThatIsTakenBackAndComesAgain_IsToldOnceWhenItsTimeHasCome()
    {
        foreach (var i in Enumerable.Range(0, 100))
            See(Metrics(i, 0), 0);
        for (var round = 0; round < 200; round++)
            foreach (var i in Enumerable.Range(0, 100))
                See(Metrics(i, round % 2), 1);
        foreach (var i in Enumerable.Range(0, 100))
            See(Metrics(i, 2), 2);

        Assert.InRange(_composer.Queued, 100, 300);
        Assert.Empty(_composer.Due(s_start.AddMinutes(59)));
        Assert.Equal(100, _composer.Due(s_start.AddMinutes(61)).Count());
        Assert.Empty(_composer.Due(s_start.AddHours(3)));
        Assert.Equal(0, _composer.Queued);
    }

    public void Dispose() => _composer.Dispose();

    private static VmMetrics Metrics(int number, int minute) => new() { Ref = $"OpaqueRef:{number}", Uuid = $"{number}", LastUpdated = s_start.AddMinutes(minute) };

    private static Sighting Seen(int milliseconds) => new(s_start.AddMilliseconds(milliseconds), TimeSpan.Zero, EntryOrigin.Events);

    private void See(VmMetrics metrics, int milliseconds) => _composer.Present(_pool, metrics, Seen(milliseconds));
}
