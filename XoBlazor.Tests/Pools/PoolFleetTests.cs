using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Pools;

public sealed class PoolFleetTests : IDisposable
{
    private readonly CancellationTokenSource _patience = Patience.Source();

    private CancellationToken Token => _patience.Token;

    [Fact]
    public async Task Add_UnknownHost_AsksForItsCertificateFirst()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);

        var result = await fixture.Fleet.AddAsync(new(fixture.AddressOf(coordinator: true), "root", "secret"), Token);

        var shown = Assert.IsType<AddPoolResult.ConfirmCertificate>(result).Certificate;
        Assert.Equal(fixture.Pool.Hosts.First(h => h.IsCoordinator).CertificateFingerprint, shown.Fingerprint);
        Assert.False(shown.IsChange);
        Assert.Empty(fixture.Fleet.States);
        Assert.Empty(fixture.Settings.Kept);
    }

    [Fact]
    public async Task Add_Coordinator_MirrorsThePool()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);

        var state = await fixture.AddConnectedAsync(Token);

        Assert.Empty(fixture.Differences());
        Assert.Equal((PoolStatus.Connected, fixture.Pool.Uuid), (state.Status, state.PoolUuid));
        Assert.Equal(fixture.Pool.Name, state.Name);
        Assert.NotNull(fixture.Fleet.Find(fixture.Pool.Uuid));
        Assert.Equal(BatchOrigin.Listing, fixture.Batches[0].Origin);
    }

    [Fact]
    public async Task Add_Member_FollowsToTheCoordinatorAndLearnsAllMembers()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);

        var state = await fixture.AddConnectedAsync(Token, fixture.AddressOf(coordinator: false));

        Assert.Contains(fixture.Pool.Hosts.First(h => h.IsCoordinator).Address, state.Coordinator, StringComparison.Ordinal);
        // Being connected is shown a moment before what the listing told about members is kept.
        while (fixture.Pool.Hosts.Any(host => !fixture.Fleet.Settings(state.Id)!.Members.Any(m => m.Address == host.Address && m.Fingerprints.Contains(host.CertificateFingerprint))))
            await Task.Delay(10, Token);
    }

    [Fact]
    public async Task Add_SamePoolThroughAnotherMember_IsRecognised()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var first = await fixture.AddConnectedAsync(Token);

        var second = await fixture.AddAsync(fixture.AddressOf(coordinator: false), Token);

        Assert.Equal(first.Id, Assert.IsType<AddPoolResult.AlreadyThere>(second).Existing.Id);
        Assert.Single(fixture.Fleet.States);
    }

    [Fact]
    public async Task Add_WrongPassword_IsRefusedInWords()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);

        var result = await fixture.AddAsync(null, Token, password: "wrong");

        Assert.Contains("'root'", Assert.IsType<AddPoolResult.Refused>(result).Problem, StringComparison.Ordinal);
        Assert.Empty(fixture.Settings.Kept);
    }

    [Fact]
    public async Task HostClock_ThatIsSet_IsNoticedWhileThePoolIsFollowed()
    {
        var clock = new SetClock();
        await using var fixture = await FleetFixture.StartAsync(Token, time: clock, options: new() { ClockInterval = TimeSpan.FromMilliseconds(50) });
        var before = await fixture.AddConnectedAsync(Token);

        clock.Ahead = TimeSpan.FromMinutes(10);

        Assert.InRange(before.HostClockOffset.Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await fixture.UntilAsync(s => (s.HostClockOffset - clock.Ahead).Duration() < TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task HostClock_ThatIsSetWhileTheLineIsDown_IsNoticedWhenThePoolIsBack()
    {
        var clock = new SetClock();
        await using var fixture = await FleetFixture.StartAsync(Token, time: clock);
        await fixture.AddConnectedAsync(Token);

        clock.Ahead = TimeSpan.FromMinutes(10);
        // Again and again: one that comes between two questions is noticed by nobody.
        await using var drops = new Timer(_ => fixture.Pool.Misbehave(new Fault(FaultKind.DropConnections)), null, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        await fixture.UntilAsync(s => (s.HostClockOffset - clock.Ahead).Duration() < TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task HostClock_ThatTheHostDoesNotTellAtFirst_IsAskedForAgainSoon()
    {
        var clock = new SetClock { Ahead = TimeSpan.FromMinutes(10) };
        await using var fixture = await FleetFixture.StartAsync(Token, time: clock);
        fixture.Pool.Misbehave(new Fault(FaultKind.Html500) { Method = "host.get_servertime", Times = 3 });

        var first = await fixture.AddConnectedAsync(Token);

        Assert.Equal(TimeSpan.Zero, first.HostClockOffset);
        await fixture.UntilAsync(s => (s.HostClockOffset - clock.Ahead).Duration() < TimeSpan.FromMinutes(1), Token);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1", "127.0.0.1:1")]
    [InlineData("https://127.0.0.1:1", "enter another member's address")]
    [InlineData("ftp://x", "scheme")]
    [InlineData("", "empty")]
    public async Task Add_AddressWithoutAHost_IsRefusedInWords(string address, string expected)
    {
        await using var fixture = await FleetFixture.StartAsync(Token);

        var result = await fixture.AddAsync(address, Token);

        Assert.Contains(expected, Assert.IsType<AddPoolResult.Refused>(result).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_InThePool_IsSeen()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        await fixture.AddConnectedAsync(Token);
        var vm = fixture.Picture.All<Vm>().First(v => !v.IsATemplate && !v.IsControlDomain);

        fixture.Pool.Simulator.Db.Get("VM", vm.Ref)["name_label"] = "renamed <b>";

        await fixture.UntilPictureAsync(p => p.GetByUuid<Vm>(vm.Uuid)!.NameLabel == "renamed <b>", Token);
    }

    [Fact]
    public async Task Change_OfEverything_LeavesOneStringForEachReference()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        await fixture.AddConnectedAsync(Token);
        var db = fixture.Pool.Simulator.Db;
        var before = fixture.Picture;
        var gone = before.All<Vbd>().First(vbd => before.Get(vbd.Vm)?.Vbds.Length > 1);

        db.Update(() =>
        {
            foreach (var vm in before.All<Vm>())
                db.Get("VM", vm.Ref)["name_label"] = "renamed";
            foreach (var vdi in before.All<Vdi>())
                db.Get("VDI", vdi.Ref).AddToMap("other_config", "a", "b");
            db.Get("VBD", gone.Ref).Destroy();
        });
        await fixture.UntilPictureAsync(p => p.Get(gone.Ref) is null && p.All<Vm>().All(vm => vm.NameLabel == "renamed") && p.All<Vdi>().All(vdi => vdi.OtherConfig.ContainsKey("a")), Token);

        var copies = new Copies(fixture.Picture);
        foreach (var value in Enum.GetValues<XapiClass>().SelectMany(type => fixture.Picture.All(type)))
            copies.Look(value);
        Assert.Empty(copies.Found);
        Assert.InRange(copies.Looked, 100, int.MaxValue);
    }

    [Fact]
    public async Task Remove_TakesTheObjectsAway()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var state = await fixture.AddConnectedAsync(Token);

        var removed = await fixture.Fleet.RemoveAsync(state.Id, Token);

        Assert.True(removed);
        Assert.Null(fixture.Store.Current.Pool(fixture.Pool.Uuid));
        Assert.Equal(BatchOrigin.Forgotten, fixture.Batches[^1].Origin);
        Assert.Equal(0, fixture.Pool.Simulator.Sessions.Count);
        Assert.Empty(fixture.Settings.Kept);
    }

    [Fact]
    public async Task Disable_KeepsObjectsAndLogsOut_EnableConnectsAgain()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var state = await fixture.AddConnectedAsync(Token);

        await fixture.Fleet.SetEnabledAsync(state.Id, false, Token);
        var disabled = fixture.State;
        var sessions = fixture.Pool.Simulator.Sessions.Count;
        await fixture.Fleet.SetEnabledAsync(state.Id, true, Token);
        await fixture.UntilAsync(s => s.IsLive, Token);

        Assert.Equal(PoolStatus.Disabled, disabled.Status);
        Assert.Equal(state.PictureAsOf!.Value, disabled.PictureAsOf!.Value, Patience.Limit);
        Assert.Equal(0, sessions);
        Assert.Empty(fixture.Differences());
    }

    [Fact]
    public async Task Restart_WithKeptSettings_ConnectsWithoutAsking()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        await fixture.AddConnectedAsync(Token);
        await fixture.StopFleetAsync();
        using var stop = new CancellationTokenSource();
        var store = new ObjectStore(TimeProvider.System, []);
        var fleet = new PoolFleet(store, fixture.Settings, TimeProvider.System, NullLogger<PoolFleet>.Instance);

        var run = fleet.RunAsync(stop.Token);
        while (fleet.StateOf(fixture.Pool.Uuid) is not { IsLive: true })
            await Task.Delay(10, Token);
        await stop.CancelAsync();
        await run;

        Assert.Equal(fixture.Picture.Count, store.Current.Pool(fixture.Pool.Uuid)!.Count);
        Assert.Equal(0, fixture.Pool.Simulator.Sessions.Count);
    }

    [Fact]
    public async Task Edit_ToAWrongPassword_NeedsAttentionAndKeepsTheObjects()
    {
        await using var fixture = await FleetFixture.StartAsync(Token);
        var state = await fixture.AddConnectedAsync(Token);

        await fixture.Fleet.EditAsync(state.Id, s => s with { Password = "wrong" }, Token);
        var refused = await fixture.UntilAsync(s => s.Status == PoolStatus.NeedsAttention, Token);
        await fixture.Fleet.EditAsync(state.Id, s => s with { Password = "secret" }, Token);
        await fixture.UntilAsync(s => s.IsLive, Token);

        Assert.Contains("'root'", refused.Problem, StringComparison.Ordinal);
        Assert.Empty(fixture.Differences());
    }

    public void Dispose() => _patience.Dispose();

    /// <summary>A clock that goes right but can be set ahead.</summary>
    private sealed class SetClock : TimeProvider
    {
        private long _ahead;

        public TimeSpan Ahead
        {
            get => new(Volatile.Read(ref _ahead));
            set => Volatile.Write(ref _ahead, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    /// <summary>References that are equal to the one of the object they lead to, but another string.</summary>
    private sealed class Copies(PoolPicture picture) : IReferenceVisitor
    {
        private XapiObject? _of;

        public List<string> Found { get; } = [];

        public int Looked { get; private set; }

        public void Look(XapiObject value)
        {
            _of = value;
            Visit(-1, value.Ref);
            XapiCodec.For(value.Class).VisitReferences(value, this);
        }

        public void Visit(int field, string reference)
        {
            if (picture.Held(reference) is not { } held)
                return;
            Looked++;
            if (!ReferenceEquals(held, reference))
                Found.Add($"{_of!.Class} {_of.Uuid}, field {field}: {reference}");
        }
    }
}
