using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Metrics;

/// <summary>One question for all who ask, nothing kept for ever, nothing without a limit.</summary>
public sealed class HostMetricsCacheTests : IDisposable
{
    private static readonly ObjectKey s_host = new("pool", "host");

    private readonly FakeTimeProvider _clock = new();
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly List<(ObjectKey Host, MetricsGranularity Granularity)> _questions = [];
    private Func<Task<HostFigures>> _answer = () => Task.FromResult(Metrics());

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task ManyWhoAsk_ShareOneQuestion()
    {
        var gate = new TaskCompletionSource<HostFigures>();
        _answer = () => gate.Task;
        using var cache = Cache();

        var asked = Enumerable.Range(0, 50).Select(_ => cache.OfAsync(s_host, MetricsGranularity.Seconds, _patience.Token)).ToList();
        gate.SetResult(Metrics());
        var answers = await Task.WhenAll(asked);

        Assert.Single(answers.Distinct());
        Assert.Single(_questions);
    }

    [Fact]
    public async Task Granularities_AndHosts_AreAskedEachForItself()
    {
        using var cache = Cache();

        await cache.OfAsync(s_host, MetricsGranularity.Seconds, _patience.Token);
        await cache.OfAsync(s_host, MetricsGranularity.Hours, _patience.Token);
        await cache.OfAsync(new("pool", "other"), MetricsGranularity.Seconds, _patience.Token);

        Assert.Equal(3, _questions.Count);
    }

    [Theory]
    [InlineData(MetricsGranularity.Seconds, 4.9, 1)]
    [InlineData(MetricsGranularity.Seconds, 5, 2)]
    [InlineData(MetricsGranularity.Minutes, 59, 1)]
    [InlineData(MetricsGranularity.Days, 60, 2)]
    public async Task Answer_IsGoodForAStep_AndAMinuteAtMost(MetricsGranularity granularity, double seconds, int questions)
    {
        using var cache = Cache();

        await cache.OfAsync(s_host, granularity, _patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await cache.OfAsync(s_host, granularity, _patience.Token);

        Assert.Equal(questions, _questions.Count);
    }

    [Fact]
    public async Task Failure_IsSharedForAMoment_AndThenTheHostIsAskedAgain()
    {
        _answer = () => throw new MetricsException(MetricsProblem.OutOfReach, "gone");
        using var cache = Cache();

        for (var ask = 0; ask < 3; ask++)
            Assert.Equal("gone", (await Assert.ThrowsAsync<MetricsException>(() => cache.OfAsync(s_host, MetricsGranularity.Days, _patience.Token))).Message);
        Assert.Single(_questions);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _answer = () => Task.FromResult(Metrics());

        await cache.OfAsync(s_host, MetricsGranularity.Days, _patience.Token);
        Assert.Equal(2, _questions.Count);
    }

    [Fact]
    public async Task OneWhoLeaves_TakesTheAnswerFromNobody()
    {
        var gate = new TaskCompletionSource<HostFigures>();
        _answer = () => gate.Task;
        using var cache = Cache();
        using var leaving = new CancellationTokenSource();

        var (first, second) = (cache.OfAsync(s_host, MetricsGranularity.Seconds, leaving.Token), cache.OfAsync(s_host, MetricsGranularity.Seconds, _patience.Token));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult(Metrics());

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task WhatIsKept_StaysWithinItsLimit_TheLastAskedForStays()
    {
        var weight = Metrics().Weight;
        using var cache = Cache((4 * weight) + 1);

        for (var host = 0; host < 20; host++)
        {
            await cache.OfAsync(new("pool", $"{host}"), MetricsGranularity.Days, _patience.Token);
            await cache.OfAsync(new("pool", "0"), MetricsGranularity.Days, _patience.Token);
        }

        Assert.InRange(cache.Bytes, weight, 4 * weight);
        Assert.Single(_questions, question => question.Host.Uuid == "0");
    }

    [Fact]
    public async Task WhatNobodyAsksFor_Goes()
    {
        using var cache = Cache();
        await cache.OfAsync(s_host, MetricsGranularity.Hours, _patience.Token);
        Assert.True(cache.Bytes > 0);

        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task Closed_EndsWhatIsUnderWay()
    {
        var cache = new HostMetricsCache(async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Metrics();
        }, _clock);

        var asked = cache.OfAsync(s_host, MetricsGranularity.Seconds, _patience.Token);
        cache.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.False(_patience.IsCancellationRequested);
    }

    private HostMetricsCache Cache(long bytes = HostMetricsCache.MostBytes) => new((host, granularity, _) =>
    {
        lock (_questions)
            _questions.Add((host, granularity));
        return _answer();
    }, _clock, bytes);

    private static HostFigures Metrics() => new(
        new(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(5), 120, FrozenDictionary<string, ImmutableArray<float>>.Empty),
        FrozenDictionary<(MetricsOwner, string), FrozenDictionary<string, ImmutableArray<float>>>.Empty,
        columns: 100);
}
