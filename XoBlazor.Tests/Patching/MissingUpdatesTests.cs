using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Pools;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching;

/// <summary>What hosts of a simulated pool lack, asked gently.</summary>
public sealed class MissingUpdatesTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly SkippingTime _time = new();
    private FleetFixture _fleet = null!;
    private FakeUpdater _updater = null!;
    private MissingUpdates _missing = null!;

    private Host Host => _fleet.Picture.All<Host>().First();

    private ObjectKey Key => _fleet.Picture.Key(Host);

    private CancellationToken Token => _patience.Token;

    public async ValueTask InitializeAsync()
    {
        _fleet = await FleetFixture.StartAsync(PoolSource.Make("hosts=2,vms=2,seed=3")[0], Token);
        _updater = new(_fleet.Pool);
        await _fleet.AddConnectedAsync(Token);
        _missing = new(_fleet.Store, _fleet.Fleet, [new PackageSource(_time)], _time, NullLogger<MissingUpdates>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _missing.Dispose();
        await _fleet.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Look_TellsWhatTheHostLacksAndRemembersIt()
    {
        _updater.Lacks(Host.Ref, "kernel", "xapi-core");
        var told = new List<ObjectKey>();
        _missing.Changed += told.Add;

        var lacks = await _missing.LookAsync(Key, TimeSpan.Zero, Token);

        Assert.Equal((HostGeneration.Packages, null, _time.GetUtcNow()), (lacks.Generation, lacks.Problem, lacks.AsOf!.Value));
        Assert.Equal(["kernel", "xapi-core"], lacks.Missing.Select(update => update.Name));
        Assert.Same(lacks, _missing.Last(Key));
        Assert.Equal([Key], told);
    }

    [Fact]
    public async Task Look_AnswerYoungEnough_AsksNobody()
    {
        var first = await _missing.LookAsync(Key, TimeSpan.Zero, Token);
        _time.Advance(TimeSpan.FromSeconds(59));

        Assert.Same(first, await _missing.LookAsync(Key, TimeSpan.FromMinutes(1), Token));
        _time.Advance(TimeSpan.FromSeconds(2));
        await _missing.LookAsync(Key, TimeSpan.FromMinutes(1), Token);

        Assert.Equal(2, _updater.Asked.Count);
    }

    [Fact]
    public async Task Look_ManyAtOnce_ShareOneQuestion()
    {
        _updater.Gate = new();
        var all = Enumerable.Range(0, 20).Select(_ => _missing.LookAsync(Key, TimeSpan.Zero, Token)).ToList();
        _updater.Gate.SetResult();

        var answers = await Task.WhenAll(all);

        Assert.Single(answers.Distinct());
        Assert.Single(_updater.Asked);
    }

    [Fact]
    public async Task Look_HostIsBusy_IsAskedAgain()
    {
        _updater.Lacks(Host.Ref, "kernel");
        _updater.BeBusy(9);

        var lacks = await _missing.LookAsync(Key, TimeSpan.Zero, Token);

        Assert.Equal((null, 1, 10), (lacks.Problem, lacks.Missing.Length, _updater.Asked.Count));
    }

    [Fact]
    public async Task Look_Fails_KeepsTheLastAnswerWithItsAge()
    {
        _updater.Lacks(Host.Ref, "kernel");
        var before = await _missing.LookAsync(Key, TimeSpan.Zero, Token);
        _time.Advance(TimeSpan.FromHours(1));
        _updater.BeBusy(10);

        var after = await _missing.LookAsync(Key, TimeSpan.Zero, Token);

        Assert.Contains("busy", after.Problem, StringComparison.Ordinal);
        Assert.Equal((before.AsOf, 1, false), (after.AsOf, after.Missing.Length, after.IsUpToDate));
    }

    [Fact]
    public async Task Look_CallerGoes_OthersStillGetTheAnswer()
    {
        _updater.Gate = new();
        using var gone = new CancellationTokenSource();
        var first = _missing.LookAsync(Key, TimeSpan.Zero, gone.Token);
        var second = _missing.LookAsync(Key, TimeSpan.Zero, Token);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _updater.Gate.SetResult();

        Assert.Null((await second).Problem);
        Assert.Single(_updater.Asked);
    }

    [Fact]
    public async Task Look_PoolOutOfReach_SaysSo()
    {
        using var missing = new MissingUpdates(_fleet.Store, new NoConnections(), [new PackageSource(_time)], _time, NullLogger<MissingUpdates>.Instance);

        Assert.Contains("out of reach", (await missing.LookAsync(Key, TimeSpan.Zero, Token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsWorthALook_WhenSoftwareChangedOrTimePassed()
    {
        var (age, afterProblem) = (TimeSpan.FromHours(12), TimeSpan.FromHours(1));
        Assert.True(_missing.IsWorthALook(_fleet.Picture, Host, age, afterProblem));
        await _missing.LookAsync(Key, TimeSpan.Zero, Token);
        Assert.False(_missing.IsWorthALook(_fleet.Picture, Host, age, afterProblem));

        Assert.True(_missing.IsWorthALook(_fleet.Picture, Host with { OtherConfig = XenMap<string, string>.Of(new KeyValuePair<string, string>("rpm_patch_installation_time", "1800000000")) }, age, afterProblem));
        _time.Advance(TimeSpan.FromHours(13));
        Assert.True(_missing.IsWorthALook(_fleet.Picture, Host, age, afterProblem));
    }
}
