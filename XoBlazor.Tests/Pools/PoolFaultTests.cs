using System.Diagnostics;
using System.Net;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Pools;

/// <summary>Every misbehaviour of a host: nothing lost, the right state shown, and current again by itself soon after the host answers.</summary>
public sealed class PoolFaultTests : IDisposable
{
    // A few seconds on a machine that has nothing else to do.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _patience = Patience.Source();

    public static TheoryData<Fault> Faults =>
    [
        new Fault(FaultKind.DropConnections),
        new Fault(FaultKind.Refuse) { Seconds = 2 },
        new Fault(FaultKind.Truncate) { Method = "event.from", Bytes = 200, Times = 2 },
        new Fault(FaultKind.Html500) { Times = 3 },
        new Fault(FaultKind.MalformedJson) { Method = "event.from", Times = 2 },
        new Fault(FaultKind.SessionInvalid),
        new Fault(FaultKind.ToolstackRestart) { Seconds = 1 },
        new Fault(FaultKind.MoveCoordinator),
        new Fault(FaultKind.Hang) { Method = "event.from", Times = 1 },
        new Fault(FaultKind.Delay) { Method = "event.from", Seconds = 40, Times = 1 },
        new Fault(FaultKind.LoseDeletions),
        new Fault(FaultKind.UnknownShapes),
        new Fault(FaultKind.DuplicateEvents),
        new Fault(FaultKind.ReorderEvents),
    ];

    private CancellationToken Token => _patience.Token;

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Fault_WhileThePoolChanges_LosesNothingAndIsCurrentSoon(Fault fault)
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        await fixture.AddConnectedAsync(Token);
        var vm = fixture.Picture.All<Vm>().First(v => !v.IsATemplate && !v.IsControlDomain);
        var lost = fixture.Picture.All<Vif>().First();

        fixture.Pool.Misbehave(fault);
        var db = fixture.Pool.Simulator.Db;
        db.Get("VM", vm.Ref)["name_label"] = "changed meanwhile";
        db.Destroy("VIF", lost.Ref);
        db.Create("network", ("name_label", "new"));
        await Task.Delay(TimeSpan.FromSeconds(fault.Kind is FaultKind.Refuse or FaultKind.ToolstackRestart ? fault.Seconds : 0), Token);
        var watch = Stopwatch.StartNew();
        await fixture.UntilPictureAsync(p => p.GetByUuid<Vm>(vm.Uuid)?.NameLabel == "changed meanwhile" && p.Get(lost.Ref) is null, Token);
        var state = await fixture.UntilAsync(s => s.IsLive, Token);
        var took = watch.Elapsed;

        Assert.Empty(fixture.Differences());
        Assert.Null(state.Problem);
        Assert.True(took < s_soon, $"current again after {took}");
    }

    [Fact]
    public async Task Hang_OfTheWholeHost_IsShownAndEndsSoonAfterTheHostAnswers()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var live = await fixture.AddConnectedAsync(Token);
        var objects = fixture.Picture.Count;

        fixture.Pool.Misbehave(new Fault(FaultKind.Hang));
        var silent = await fixture.UntilAsync(s => !s.IsLive, Token);
        await fixture.UntilAsync(s => s.Attempts > 1, Token);
        var kept = fixture.Picture.Count;
        fixture.Pool.Behave();
        var watch = Stopwatch.StartNew();
        await fixture.UntilAsync(s => s.IsLive, Token);
        var took = watch.Elapsed;

        Assert.Equal(PoolStatus.Unreachable, silent.Status);
        Assert.Contains("did not answer", silent.Problem, StringComparison.Ordinal);
        Assert.True(silent.PictureAsOf >= live.PictureAsOf);
        Assert.Equal(objects, kept);
        Assert.True(took < s_soon, $"current again after {took}");
    }

    [Fact]
    public async Task DeadCoordinator_AnotherMemberTookOver_IsFollowed()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        await fixture.AddConnectedAsync(Token);
        var successor = fixture.Pool.Hosts.First(h => !h.IsCoordinator);

        fixture.Pool.Simulator.Connections.Refuses = address => !address.Equals(IPAddress.Parse(successor.Address));
        fixture.Pool.Misbehave(new Fault(FaultKind.MoveCoordinator));
        fixture.Pool.Simulator.Connections.DropAll(null);
        var watch = Stopwatch.StartNew();
        var state = await fixture.UntilAsync(s => s.IsLive && s.Coordinator!.StartsWith(successor.Address, StringComparison.Ordinal), Token);

        Assert.Null(state.Problem);
        Assert.Empty(fixture.Differences());
        Assert.True(watch.Elapsed < s_soon, $"followed after {watch.Elapsed}");
    }

    [Fact]
    public async Task ChangedCertificate_IsRefusedUntilAccepted()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var live = await fixture.AddConnectedAsync(Token);
        var objects = fixture.Picture.Count;

        fixture.Pool.Misbehave(new Fault(FaultKind.ChangeCertificate));
        fixture.Pool.Misbehave(new Fault(FaultKind.DropConnections));
        var refused = await fixture.UntilAsync(s => s.Status == PoolStatus.NeedsAttention, Token);
        var kept = fixture.Picture.Count;
        await fixture.Fleet.AcceptCertificateAsync(live.Id, refused.PresentedCertificate!, Token);
        var accepted = await fixture.UntilAsync(s => s.IsLive, Token);

        Assert.True(refused.PresentedCertificate!.IsChange);
        Assert.Contains("has changed", refused.Problem, StringComparison.Ordinal);
        Assert.Equal(objects, kept);
        Assert.Null(accepted.PresentedCertificate);
    }

    [Fact]
    public async Task RenewedCertificate_AnnouncedByThePool_IsLearntWithoutAsking()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var live = await fixture.AddConnectedAsync(Token);

        fixture.Pool.Misbehave(new Fault(FaultKind.ChangeCertificate) { IsAnnounced = true });
        var fingerprint = fixture.Pool.Simulator.Certificates.FingerprintOf(fixture.Pool.Simulator.Db.Coordinator.Ref);
        while (!fixture.Fleet.Settings(live.Id)!.Members.Any(m => m.Fingerprints.Contains(fingerprint)))
            await Task.Delay(10, Token);
        fixture.Pool.Misbehave(new Fault(FaultKind.DropConnections));
        // Being away can be too short to be met; a later beginning stays.
        var again = await fixture.UntilAsync(s => s.Since > live.Since && (s.IsLive || s.Status == PoolStatus.NeedsAttention), Token);

        Assert.Equal(PoolStatus.Connected, again.Status);
    }

    [Fact]
    public async Task Removal_WhileTheHostHangs_DoesNotWaitForIt()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var live = await fixture.AddConnectedAsync(Token);
        fixture.Pool.Misbehave(new Fault(FaultKind.Hang));
        await fixture.UntilAsync(s => !s.IsLive, Token);

        var watch = Stopwatch.StartNew();
        await fixture.Fleet.RemoveAsync(live.Id, Token);

        Assert.Null(fixture.Store.Current.Pool(fixture.Pool.Uuid));
        Assert.True(watch.Elapsed < s_soon, $"removed after {watch.Elapsed}");
    }

    [Fact]
    public async Task Outages_InARow_LeaveNoSessionsBehind()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        await fixture.AddConnectedAsync(Token);

        for (var i = 0; i < 5; i++)
        {
            var before = fixture.State;
            fixture.Pool.Misbehave(new Fault(FaultKind.DropConnections));
            await fixture.UntilAsync(s => s.PictureAsOf > before.PictureAsOf && s.IsLive, Token);
        }

        Assert.InRange(fixture.Pool.Simulator.Sessions.Count, 1, 2);
    }

    public void Dispose() => _patience.Dispose();
}
