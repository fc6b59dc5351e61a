using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Journal;

namespace XoBlazor.Tests.Access;

/// <summary>What is gone, or was otherwise, and who may see it by what is granted today: by every way to the past.</summary>
public sealed class VisiblePastTests : VisibleJournalContext
{
    [Fact]
    public async Task TimeTravel_ObjectThatExists_IsJudgedAsItIsNow()
    {
        await PutAsync(Vm("came", "theirs"), Vm("went", "mine"));
        var then = Home.Clock.GetUtcNow();
        await PutAsync(Vm("came", "mine"), Vm("went", "theirs"));

        var past = await Visible.PoolAsOfAsync(Ada, "pool", then, Token);
        var differences = await Visible.DifferencesAsync(Ada, "pool", then, Home.Clock.GetUtcNow(), Token);

        Assert.Equal(["came"], past.All.Select(o => o.Object.Uuid));
        Assert.Equal(["theirs"], past.OfClass(XapiClass.Vm).Select(o => (Vm)o.Object).Single().Tags);
        Assert.Equal(["came"], differences.Select(d => d.Key.Uuid));
    }

    [Fact]
    public async Task TimeTravel_ObjectThatIsGone_IsJudgedByItsLastState()
    {
        await PutAsync(Vm("came", "theirs"), Vm("went", "mine"), Drive("came"), Disk("came"), Drive("went"), Disk("went"));
        var then = Home.Clock.GetUtcNow();
        await PutAsync(Vm("came", "mine"), Vm("went", "theirs"));
        await RemoveAsync("came", "came-drive", "came-disk", "went", "went-drive", "went-disk");

        var past = await Visible.PoolAsOfAsync(Ada, "pool", then, Token);
        var timeline = await Visible.ObjectTimelineAsync(Ada, new("pool", "came"), null, 10, Token);
        var hidden = await Visible.ObjectTimelineAsync(Ada, new("pool", "went"), null, 10, Token);

        Assert.Equal(["came", "came-disk", "came-drive"], past.All.Select(o => o.Object.Uuid).Order());
        Assert.Equal(3, timeline.Entries.Length);
        Assert.Empty(hidden.Entries);
        Assert.Null(await Visible.ObjectAsOfAsync(Ada, new("pool", "went"), then, Token));
        Assert.NotNull(await Visible.ObjectAsOfAsync(Ada, new("pool", "came"), then, Token));
    }

    [Fact]
    public async Task Gone_TaskThatWorkedOnAVm_IsSeenByWhoSeesTheVm()
    {
        var (seen, hidden) = (new XapiTask { Ref = "OpaqueRef:seen", Uuid = "seen" }, new XapiTask { Ref = "OpaqueRef:hidden", Uuid = "hidden" });
        await PutAsync(Busy(Vm("a", "mine"), seen), Busy(Vm("b", "theirs"), hidden), seen, hidden);
        var then = Home.Clock.GetUtcNow();
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs"));
        await RemoveAsync("seen", "hidden");

        await AssertSeenAsync(then, "a", "seen");
        await AssertHiddenAsync(then, "b", "hidden");

        static Vm Busy(Vm vm, XapiTask task) => vm with { CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>(task.Ref, VmOperation.Start)) };
    }

    [Fact]
    public async Task Gone_VmGrantedByItself_IsSeenInThePastWithWhatBelongedToIt()
    {
        Grant(new AccessScope.OfObject(new("pool", "given")));
        await PutAsync(Vm("given", "theirs"), Drive("given"), Disk("given"), Vm("other", "theirs"), Drive("other"), Disk("other"));
        var then = Home.Clock.GetUtcNow();
        await RemoveAsync("given", "given-drive", "given-disk", "other", "other-drive", "other-disk");

        await AssertSeenAsync(then, "given", "given-disk", "given-drive");
        await AssertHiddenAsync(then, "other", "other-disk", "other-drive");
    }

    [Fact]
    public async Task Gone_VmsOfARuleGivenLater_AreSeenByTheTagsTheyHadLast()
    {
        Grant();
        await PutAsync(Vm("came", "theirs"), Vm("went", "late"));
        await PutAsync(Vm("came", "late"), Vm("went", "theirs"));
        var then = Home.Clock.GetUtcNow();
        await RemoveAsync("came", "went");
        await AssertHiddenAsync(then, "came", "went");

        Grant(new AccessScope.OfVms("tags:late"));

        await AssertSeenAsync(then, "came");
        await AssertHiddenAsync(then, "went");
    }

    [Fact]
    public async Task Gone_VmWhoseGrantWasTakenAway_IsNotSeenInThePast()
    {
        Grant(new AccessScope.OfObject(new("pool", "given")));
        await PutAsync(Vm("given", "theirs"));
        var then = Home.Clock.GetUtcNow();
        await RemoveAsync("given");
        await AssertSeenAsync(then, "given");

        Grant();

        await AssertHiddenAsync(then, "given");
    }

    [Fact]
    public async Task Gone_VmThatCameBack_IsJudgedAsItIsNow()
    {
        await PutAsync(Vm("back", "mine"));
        var then = Home.Clock.GetUtcNow();
        await RemoveAsync("back");
        await AssertSeenAsync(then, "back");

        await PutAsync(Vm("back", "theirs") with { Ref = "OpaqueRef:new" });

        await AssertHiddenAsync(then, "back");
    }

    [Fact]
    public async Task Gone_VmOfAHost_IsNotTheHostsAnyMore()
    {
        Grant(new AccessScope.OfHost(new("pool", "host"), WithVms: true));
        await PutAsync(new Host { Ref = "OpaqueRef:host", Uuid = "host", NameLabel = "host" }, Vm("guest", "theirs") with { ResidentOn = new("OpaqueRef:host") });
        var then = Home.Clock.GetUtcNow();
        await AssertSeenAsync(then, "guest");

        await PutAsync(Vm("guest", "theirs"));
        await RemoveAsync("guest");

        await AssertHiddenAsync(then, "guest");
    }

    [Fact]
    public async Task Gone_SnapshotOfAGoneVm_FollowsItAndOneThatStayedIsThePools()
    {
        await PutAsync(Vm("vm", "mine"), Snapshot("both"), Snapshot("stays"));
        var then = Home.Clock.GetUtcNow();
        await RemoveAsync("vm", "both");

        await AssertSeenAsync(then, "both", "vm");
        await AssertHiddenAsync(then, "stays");
    }

    [Fact]
    public async Task Gone_VmOfADiskThatIsStillThere_ShowsItNoMore()
    {
        await PutAsync(Vm("vm", "mine"), Drive("vm"), Disk("vm"));
        var then = Home.Clock.GetUtcNow();
        await AssertSeenAsync(then, "vm", "vm-disk", "vm-drive");

        await RemoveAsync("vm", "vm-drive");

        await AssertSeenAsync(then, "vm", "vm-drive");
        await AssertHiddenAsync(then, "vm-disk");
    }

    private void Grant(params AccessScope[] scopes) => Engine.Apply(new([],
        [.. scopes.Select((scope, i) => new Grant($"{i}", SubjectId.User("ada"), Role.Viewer.Id, scope))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

    /// <summary>By every way to the past.</summary>
    private async Task AssertSeenAsync(DateTimeOffset then, params string[] uuids)
    {
        Assert.Subset((await Visible.PoolAsOfAsync(Ada, "pool", then, Token)).All.Select(o => o.Object.Uuid).ToHashSet(), uuids.ToHashSet());
        Assert.Subset((await Visible.ChangesAsync(Ada, new(), Token)).Entries.Select(e => e.Uuid).ToHashSet(), uuids.ToHashSet());
        Assert.Subset((await Visible.DifferencesAsync(Ada, "pool", JournalHome.Start, then, Token)).Select(d => d.Key.Uuid).ToHashSet(), uuids.ToHashSet());
        foreach (var uuid in uuids)
        {
            Assert.NotEmpty((await Visible.ObjectTimelineAsync(Ada, new("pool", uuid), null, 10, Token)).Entries);
            Assert.NotNull(await Visible.ObjectAsOfAsync(Ada, new("pool", uuid), then, Token));
            Assert.NotEmpty((await Visible.ChangesAsync(Ada, new() { Pool = "pool", Uuid = uuid }, Token)).Entries);
        }
    }

    private async Task AssertHiddenAsync(DateTimeOffset then, params string[] uuids)
    {
        Assert.Empty((await Visible.PoolAsOfAsync(Ada, "pool", then, Token)).All.Select(o => o.Object.Uuid).Intersect(uuids));
        Assert.Empty((await Visible.ChangesAsync(Ada, new(), Token)).Entries.Select(e => e.Uuid).Intersect(uuids));
        Assert.Empty((await Visible.DifferencesAsync(Ada, "pool", JournalHome.Start, then, Token)).Select(d => d.Key.Uuid).Intersect(uuids));
        foreach (var uuid in uuids)
        {
            Assert.Empty((await Visible.ObjectTimelineAsync(Ada, new("pool", uuid), null, 10, Token)).Entries);
            Assert.Null(await Visible.ObjectAsOfAsync(Ada, new("pool", uuid), then, Token));
            Assert.Empty((await Visible.ChangesAsync(Ada, new() { Pool = "pool", Uuid = uuid }, Token)).Entries);
        }
    }

    private static Vm Snapshot(string name) => Vm(name, "theirs") with { IsASnapshot = true, SnapshotOf = new("OpaqueRef:vm") };

    private static Vbd Drive(string vm) => new() { Ref = $"OpaqueRef:{vm}-drive", Uuid = $"{vm}-drive", Vm = new($"OpaqueRef:{vm}"), Vdi = new($"OpaqueRef:{vm}-disk"), Type = VbdType.Disk };

    private static Vdi Disk(string vm) => new() { Ref = $"OpaqueRef:{vm}-disk", Uuid = $"{vm}-disk" };
}
