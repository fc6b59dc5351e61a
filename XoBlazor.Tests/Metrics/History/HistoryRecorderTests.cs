using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Metrics.History;

/// <summary>Hosts are asked gently and what they tell is kept; together with their archives it is one series.</summary>
public sealed class HistoryRecorderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly FakeTimeProvider _clock = new(s_start);
    private readonly List<(string Host, MetricsGranularity Granularity)> _asked = [];
    private readonly HashSet<string> _silent = [];
    private readonly Connections _connections = new();
    private readonly ObjectStore _store;
    private readonly SamplePool _pool;
    private readonly HistoryStore _history;
    private readonly HostMetricsCache _cache;
    private readonly HistoryRecorder _recorder;
    private readonly MetricsHistory _reader;
    private TimeSpan _offset;

    public HistoryRecorderTests()
    {
        _store = new(_clock, []);
        _pool = new(_store);
        var options = new HistoryOptions { Folder = _folder.File("metrics") };
        _history = new(options, _clock);
        _cache = new(AskAsync, _clock);
        _recorder = new(_store, _connections, _cache, _history, _ => _offset, _clock, NullLogger<HistoryRecorder>.Instance);
        _reader = new(_history, new(_store, _cache), options, () => _recorder.State, _ => _offset, _clock);
    }

    private Vm Vm => _pool.Vm(1);

    public ValueTask InitializeAsync()
    {
        _recorder.Write();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _cache.Dispose();
        _history.Dispose();
        _pool.Dispose();
        _folder.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Hosts_AreAskedOnceEveryFiveMinutes_TheFirstTimeForTheTwoHoursBefore()
    {
        await LiveAsync(TimeSpan.FromMinutes(20));

        foreach (var host in _pool.Picture.All<Host>())
        {
            var own = _asked.Where(one => one.Host == host.Uuid).Select(one => one.Granularity).ToList();
            Assert.Equal(MetricsGranularity.Minutes, own[0]);
            Assert.All(own.Skip(1), one => Assert.Equal(MetricsGranularity.Recent, one));
            Assert.InRange(own.Count, 4, 5);
        }

        var kept = _history.Read(new(MetricsOwner.Vm, _pool.Picture.Key(Vm)), s_start.AddHours(-1).ToUnixTimeSeconds(), s_start.AddMinutes(15).ToUnixTimeSeconds(), isHourly: false);
        Assert.Equal(15, kept.Count);
        Assert.All(kept.Series["cpu"].Skip(9), value => Assert.InRange(value, 0.1f, 0.8f));
    }

    [Fact]
    public async Task Who_WasJustAskedByAnother_IsNotAskedAgain()
    {
        await LiveAsync(TimeSpan.FromMinutes(10));
        lock (_asked)
            _asked.Clear();

        // Somebody looks at the last two hours all the time.
        await LiveAsync(TimeSpan.FromMinutes(15), async () =>
        {
            foreach (var host in _pool.Picture.All<Host>())
                await _cache.OfAsync(_pool.Picture.Key(host), MetricsGranularity.Minutes, _patience.Token);
        });

        Assert.DoesNotContain(_asked, one => one.Granularity == MetricsGranularity.Recent);
    }

    [Fact]
    public async Task Host_OutOfTouch_IsAGap_ClosedForTwoHoursWhenItIsBack()
    {
        var host = _pool.Picture.All<Host>().First();
        await LiveAsync(TimeSpan.FromMinutes(10));
        _silent.Add(host.Uuid);
        await LiveAsync(TimeSpan.FromMinutes(20));
        var during = Known(host);
        _silent.Clear();
        await LiveAsync(TimeSpan.FromMinutes(10));

        Assert.True(Known(host) >= during + 4);
        Assert.Contains((host.Uuid, MetricsGranularity.Minutes), _asked.Skip(5));

        int Known(Host of) => _history.Read(new(MetricsOwner.Host, _pool.Picture.Key(of)), s_start.ToUnixTimeSeconds(), _clock.GetUtcNow().ToUnixTimeSeconds(), isHourly: false).Series["cpu"].Count(value => !float.IsNaN(value));
    }

    [Fact]
    public async Task Pool_OutOfReach_IsNotAsked()
    {
        _connections.Live = false;

        await LiveAsync(TimeSpan.FromMinutes(15));

        Assert.Empty(_asked);
        Assert.Equal(0, _recorder.State.Waiting);
    }

    [Fact]
    public async Task Vm_KeepsItsHistory_WhenItMovesToAnotherHost()
    {
        await LiveAsync(TimeSpan.FromMinutes(10));
        var other = _pool.Picture.All<Host>().First(host => host.Ref != Vm.ResidentOn.Value);
        _pool.Apply(Vm with { ResidentOn = new(other.Ref) });
        await LiveAsync(TimeSpan.FromMinutes(15));

        var kept = _history.Read(new(MetricsOwner.Vm, _pool.Picture.Key(Vm)), s_start.AddMinutes(-10).ToUnixTimeSeconds(), s_start.AddMinutes(20).ToUnixTimeSeconds(), isHourly: false);

        Assert.Equal(6, kept.Count);
        Assert.DoesNotContain(kept.Series["cpu"], float.IsNaN);
    }

    [Fact]
    public async Task Clock_OfAHostThatIsWrong_DoesNotMoveWhatItTells()
    {
        _offset = TimeSpan.FromHours(3);
        await LiveAsync(TimeSpan.FromMinutes(10));

        var kept = _history.Read(new(MetricsOwner.Vm, _pool.Picture.Key(Vm)), s_start.AddMinutes(-60).ToUnixTimeSeconds(), s_start.AddHours(4).ToUnixTimeSeconds(), isHourly: false).Series["cpu"];

        Assert.Contains(kept.Take(13), value => !float.IsNaN(value));
        Assert.All(kept.Skip(15), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public async Task Storage_IsToldByThePicture_AndAddedUp()
    {
        await LiveAsync(TimeSpan.FromMinutes(10));
        var keys = _pool.Picture.All<Sr>().Where(PoolCapacity.IsForDisks).Select(sr => _pool.Picture.Key(sr)).ToList();

        var told = await _reader.OfStorageAsync(keys, _reader.Range(s_start.AddHours(-24), _clock.GetUtcNow()), _patience.Token);

        var expected = _pool.Picture.All<Sr>().Where(PoolCapacity.IsForDisks).Sum(sr => (double)sr.PhysicalUtilisation);
        Assert.Equal(2, keys.Count);
        Assert.Contains(told.Metrics.Series["used"], value => Math.Abs(value - expected) < expected * 1e-4);
    }

    [Theory]
    [InlineData(0, 10, 5, 120)]
    [InlineData(0, 120, 60, 120)]
    [InlineData(0, 24 * 60, 300, 288)]
    [InlineData(2 * 24 * 60, 60, 300, 12)]
    [InlineData(0, 30 * 24 * 60, 3600, 720)]
    [InlineData(0, 396 * 24 * 60, 86400, 397)]
    [InlineData(60 * 24 * 60, 60, 3600, 1)]
    public void Range_HasAsManyValuesAsCanBeTold(int endsMinutesAgo, int minutes, long step, int count)
    {
        var end = s_start - TimeSpan.FromMinutes(endsMinutesAgo);

        var range = _reader.Range(end - TimeSpan.FromMinutes(minutes), end);

        Assert.Equal((step, count), (range.Step, range.Count));
    }

    [Fact]
    public async Task Reader_PutsTheArchivesBesideWhatIsKept()
    {
        await LiveAsync(TimeSpan.FromMinutes(10));

        var week = await _reader.ReadAsync(_pool.Picture.Key(Vm), MetricsOwner.Vm, _reader.Range(s_start.AddDays(-30), _clock.GetUtcNow()), _patience.Token);
        var minutes = await _reader.ReadAsync(_pool.Picture.Key(Vm), MetricsOwner.Vm, _reader.Range(_clock.GetUtcNow().AddMinutes(-8), _clock.GetUtcNow()), _patience.Token);

        Assert.Equal((3600, 721), ((int)week.Metrics.Step.TotalSeconds, week.Metrics.Count));
        Assert.True(week.Metrics.Series["cpu"].Count(value => !float.IsNaN(value)) > 600);
        Assert.Equal(5, minutes.Metrics.Step.TotalSeconds);
        Assert.True(minutes.Metrics.Series["cpu"].Count(value => !float.IsNaN(value)) > 50);
    }

    [Fact]
    public async Task Vm_ThatIsGone_StillHasWhatWasWrittenDown()
    {
        await LiveAsync(TimeSpan.FromMinutes(10));
        var key = _pool.Picture.Key(Vm);
        _pool.Remove(Vm);

        var told = await _reader.ReadAsync(key, MetricsOwner.Vm, _reader.Range(s_start.AddMinutes(-30), s_start), _patience.Token);

        Assert.Contains(told.Metrics.Series["cpu"], value => !float.IsNaN(value));
        Assert.NotNull(told.Problem);
    }

    private async Task LiveAsync(TimeSpan time, Func<Task>? meanwhile = null)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(5))
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            if (meanwhile is not null)
                await meanwhile();
            await _recorder.PassAsync(_patience.Token);
            _recorder.Write();
        }
    }

    private Task<HostFigures> AskAsync(ObjectKey host, MetricsGranularity granularity, CancellationToken token)
    {
        lock (_asked)
            _asked.Add((host.Uuid, granularity));
        return _silent.Contains(host.Uuid) ? throw new MetricsException(MetricsProblem.OutOfReach, "gone")
            : Task.FromResult(MadeFigures.Of(_store, host, granularity, _clock.GetUtcNow() + _offset));
    }

    private sealed class Connections : IPoolConnections
    {
        public bool Live { get; set; } = true;

        public XapiConnection? Find(string poolUuid) => null;

        public bool IsLive(string poolUuid) => Live;
    }
}
