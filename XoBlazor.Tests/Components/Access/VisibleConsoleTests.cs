using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Hosts;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Networks;
using XoBlazor.App.Components.Overview;
using XoBlazor.App.Components.Pools;
using XoBlazor.App.Components.Storage;
using XoBlazor.App.Components.Tasks;
using XoBlazor.App.Components.Travel;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Access;

/// <summary>What an operator of one tag sees of a pool, by every way there is: those VMs and what belongs to them.</summary>
public sealed class VisibleConsoleTests : OperatorContext
{
    private static readonly string[] s_given = ["build-0003", "db-0006", "dns-0009", "web-0000"];

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages =>
        ["/", "/vms", "/templates", "/snapshots", "/hosts", "/pools", "/storage", "/disks", "/networks", "/tasks", "/alerts", "tree"];

    [Fact]
    public void List_OfVms_HasThoseOfTheTagInRowsCountAndTotals()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();

        var page = Open<VmsPage>("/vms");

        Assert.Equal(s_given, page.FindAll(".body .row .object-link .cut").Select(n => n.TextContent).Where(s_given.Contains).Distinct().Order(StringComparer.Ordinal));
        Assert.StartsWith("VMs 4", Words(page, "h1"), StringComparison.Ordinal);
        TellsNothingOf(Secrets(pool), page);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_OfAnyKind_TellsNothingOfOthers(string address)
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        Clock.Advance(TimeSpan.FromSeconds(1));
        pool.Apply(pool.Vm(1) with { NameLabel = "secretly-renamed" }, pool.Vm(3) with { PowerState = VmPowerState.Halted });
        BeatAfterAll();

        var page = Open(address);
        BeatAfterAll();

        Assert.NotEmpty(page.Markup);
        TellsNothingOf(Secrets(pool), page);
    }

    [Fact]
    public void Palette_AskedForOthers_FindsNothing()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        var palette = Open<Palette>("/");

        palette.Do(() => palette.Find("input"), it => it.Input("build"));
        var own = palette.FindAll("[role=option]").Select(o => o.TextContent.Trim()).ToList();
        palette.Do(() => palette.Find("input"), it => it.Input("mail"));
        var others = palette.FindAll("[role=option]").Count;
        palette.Do(() => palette.Find("input"), it => it.Input(pool.Vm(1).Uuid));

        Assert.Contains(own, o => o.StartsWith("build-0003", StringComparison.Ordinal));
        Assert.DoesNotContain(own, o => o.StartsWith("build-0008", StringComparison.Ordinal));
        Assert.Equal(0, others);
        Assert.Empty(palette.FindAll("[role=option]"));
    }

    [Fact]
    public void Overview_OfATag_CountsWhatIsGivenAndNotTheRest()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();

        var page = Open<OverviewPage>("/");

        Assert.Contains("of 4", Words(page, ".totals a[href='/vms']"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".totals a[href='/hosts']"));
        Assert.DoesNotContain("SAN volume", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void LastEvents_OfOthers_AreNotTold()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        var page = Open<OverviewPage>("/");

        pool.Apply(pool.Vm(1) with { NameLabel = "not for ada" }, pool.Vm(3) with { NameLabel = "for ada" });
        BeatAfterAll();

        Assert.Contains("for ada", page.Find("ul.events").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("not for ada", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vms")]
    [InlineData("hosts")]
    [InlineData("srs")]
    [InlineData("vdis")]
    [InlineData("networks")]
    [InlineData("tasks")]
    public async Task DeepLink_ToAnothersObject_LooksLikeOneToNothing(string kind)
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        XapiObject hidden = kind switch
        {
            "vms" => pool.Vm(1),
            "hosts" => pool.Picture.All<Host>().First(),
            "srs" => pool.Picture.All<Sr>().First(),
            "vdis" => pool.Picture.Get(new XenRef<Vdi>("OpaqueRef:vdi-1"))!,
            "networks" => pool.Picture.All<Network>().First(),
            _ => pool.Picture.All<XapiTask>().First(),
        };
        var nowhere = "deadbeef-0000-4000-8000-000000000000";

        var byUuid = await MarkupAsync(kind, pool.Uuid, hidden.Uuid);
        var byReference = await MarkupAsync(kind, pool.Uuid, hidden.Ref);
        var none = await MarkupAsync(kind, pool.Uuid, nowhere);

        Assert.Contains("There is no such", none, StringComparison.Ordinal);
        Assert.Equal(none, byUuid);
        Assert.Equal(none, byReference);
    }

    [Fact]
    public async Task DeepLink_ToAnothersPool_LooksLikeOneToNothing()
    {
        Give(OperatorOfTag);
        using var empty = new SamplePool(Store, number: 2, vms: 0, name: "Nantes");
        BeatAfterAll();
        var nowhere = "deadbeef-0000-4000-8000-000000000000";

        var hidden = await MarkupAsync("pools", empty.Uuid, empty.Uuid);
        var none = await MarkupAsync("pools", nowhere, nowhere);

        Assert.Equal(none, hidden);
    }

    [Fact]
    public async Task Journal_OfATag_TellsOfThoseVmsOnly()
    {
        await OpenJournalAsync();
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        await WriteAsync();
        pool.Apply(pool.Vm(1) with { NameLabel = "theirs" }, pool.Vm(3) with { NameLabel = "hers" });
        await WriteAsync();
        BeatAfterAll();

        var page = Open<JournalPage>("/journal?class=VM");

        Wait(page, () => Assert.Contains("hers", page.Find("ul.entries").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("theirs", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("entries, back to", page.Markup, StringComparison.Ordinal);
        TellsNothingOf(Secrets(pool), page);
    }

    [Fact]
    public async Task TimeTravel_OfATag_ShowsThoseVmsOnlyAndEmptiesWithTheGrant()
    {
        await OpenJournalAsync();
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        await WriteAsync();
        var then = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(1));
        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Halted }, pool.Vm(3) with { PowerState = VmPowerState.Halted });
        await WriteAsync();
        CatchUp();
        var travel = Services.GetRequiredService<TimeTravel>();

        await travel.FollowAsync($"http://localhost/vms?at={then:yyyy-MM-ddTHH:mm:ss}Z", Token);
        var seen = travel.Source.Current.All<Vm>().Select(v => v.Object.NameLabel).Order(StringComparer.Ordinal).ToList();
        var since = travel.Since.Keys.Select(k => k.Uuid).ToList();
        Give();
        await travel.ReadAgainAsync(Token);

        Assert.Equal(s_given, seen);
        Assert.Equal([pool.Vm(3).Uuid], since);
        Assert.Equal(0, travel.Source.Current.Count<Vm>());
        Assert.Empty(travel.Since);
    }

    [Fact]
    public void Grant_TakenAway_EmptiesTheListUnderThePointerAndSaysWhy()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        var page = Open<VmsPage>("/vms");
        page.Find(".grid").MouseEnter();

        Give();
        BeatAfterAll();

        Assert.Contains("You have not been given anything yet", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("web-0000", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Tag_TakenAway_TakesTheVmFromUnderThePointer()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        var page = Open<VmsPage>("/vms");
        page.Find(".grid").MouseEnter();

        pool.Apply(pool.Vm(3) with { Tags = [] });
        BeatAfterAll();

        Assert.DoesNotContain("build-0003", page.Markup, StringComparison.Ordinal);
        Assert.Contains("web-0000", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void DetailPage_RightLost_KeepsNothingOfTheObject()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        var page = Detail("vms", pool.Uuid, pool.Vm(3).Uuid);
        var before = page.Find("h1").TextContent;

        pool.Apply(pool.Vm(3) with { Tags = [] });
        BeatAfterAll();

        Assert.Equal("build-0003", before);
        Assert.Contains("This VM is gone", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("build-0003", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void DetailPage_VmDeletedThenGrantTakenAway_KeepsItOnlyUntilThen()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        var page = Detail("vms", pool.Uuid, pool.Vm(3).Uuid);

        pool.Remove(pool.Vm(3));
        BeatAfterAll();
        var deleted = page.Markup;
        Give();
        BeatAfterAll();

        Assert.Contains("no longer exists", deleted, StringComparison.Ordinal);
        Assert.Contains("build-0003", deleted, StringComparison.Ordinal);
        Assert.DoesNotContain("build-0003", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void DetailPage_TaskThatIsGoneAndNamesWhatIsHiddenSince_SaysTheNameNoMore()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        var task = new XapiTask { Ref = "OpaqueRef:t", Uuid = "t", NameLabel = "copies payroll", OtherConfig = XenMap<string, string>.Of(new KeyValuePair<string, string>("applies_to", pool.Vm(3).Ref)) };
        pool.Apply(pool.Vm(4) with { Tags = [Tag], NameLabel = "payroll" }, task);
        BeatAfterAll();
        var page = Detail("tasks", pool.Uuid, "t");

        pool.Remove(task);
        BeatAfterAll();
        var gone = page.Markup;
        pool.Apply(pool.Vm(4) with { Tags = [] });
        BeatAfterAll();

        Assert.Contains("copies payroll", gone, StringComparison.Ordinal);
        Assert.DoesNotContain("payroll", page.Markup, StringComparison.Ordinal);
        Assert.Contains("copies an object you may not see", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void DetailPage_VmThatIsGoneAndShowsWhatIsHiddenSince_KeepsNothing()
    {
        using var pool = Ten();
        pool.Apply(pool.Vm(3) with { PowerState = VmPowerState.Running });
        var host = pool.Picture.HostOf(pool.Vm(3))!;
        Give(OperatorOfTag, new("host", SubjectId.User("1"), Role.Viewer.Id, new AccessScope.OfObject(pool.Picture.Key(host))));
        BeatAfterAll();
        var page = Detail("vms", pool.Uuid, pool.Vm(3).Uuid);

        pool.Remove(pool.Vm(3));
        BeatAfterAll();
        var gone = page.Markup;
        Give(OperatorOfTag);
        BeatAfterAll();

        Assert.Contains(host.NameLabel, gone, StringComparison.Ordinal);
        Assert.DoesNotContain(host.NameLabel, page.Markup, StringComparison.Ordinal);
        Assert.Contains("This VM is gone", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Tree_VmRunsWhereOneMayNotLook_IsNotSaidToStand()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        pool.Apply(pool.Vm(3) with { PowerState = VmPowerState.Running });
        BeatAfterAll();

        var page = Open<InventoryTree>("/", ("Open", new HashSet<string> { pool.Uuid, pool.Uuid + "/unseen" }));

        var lines = page.FindAll("[role=treeitem]").Select(line => line.TextContent.Trim()).ToList();
        var unseen = lines.FindIndex(line => line.StartsWith("On hosts you may not view", StringComparison.Ordinal));
        Assert.StartsWith("build-0003", lines[unseen + 1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.StartsWith("Storage", StringComparison.Ordinal));
    }

    [Fact]
    public void List_OfWhatOneMayNotView_SaysWhy()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();

        var page = Open<NetworksPage>("/networks");

        Assert.Equal("No networks here", page.Find(".empty h2").TextContent);
        Assert.Contains("none that you may view", page.Find(".empty p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_OfTwoPeople_AreNotShared()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();
        using var all = Services.GetRequiredService<VisibleStores>().For(Actor.System);
        var pictures = Services.GetRequiredService<SharedPictures>();
        var lists = Services.GetRequiredService<ListResults>();

        var everything = lists.Get(VmLists.Vms, pictures.Of(all.Sight).Current, ListFilter.None, []);
        var hers = lists.Get(VmLists.Vms, View.Current, ListFilter.None, []);

        Assert.Equal((10, 4), (everything.All, hers.All));
    }

    [Fact]
    public void Buttons_WithoutTheRight_SayWhichIsMissing()
    {
        Give(OperatorOfTag with { Role = Role.Viewer.Id });
        using var pool = Ten();
        pool.Apply(pool.Vm(0) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start) });
        BeatAfterAll();

        var page = Detail("vms", pool.Uuid, pool.Vm(0).Uuid);

        var start = page.FindAll("button").Single(b => b.TextContent.Trim() == "Start");
        Assert.Equal("true", start.GetAttribute("aria-disabled"));
        Assert.Contains("does not have the right", start.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Scene_OfAPartOfAPool_TellsItsAgeWithoutItsName()
    {
        Give(OperatorOfTag);
        using var pool = Ten();
        BeatAfterAll();

        var seen = Assert.Single(View.Current.Pools);

        Assert.Equal($"Pool {pool.Uuid[..8]}", seen.Name);
        Assert.Null(seen.Problem);
    }

    private static string Words(IRenderedComponent<IComponent> page, string selector) =>
        string.Join(' ', page.Find(selector).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private SamplePool Ten() => new(Store, vms: 10);

    private IRenderedComponent<IComponent> Open(string address) => address switch
    {
        "/" => Open<OverviewPage>(address),
        "/vms" => Open<VmsPage>(address),
        "/templates" => Open<TemplatesPage>(address),
        "/snapshots" => Open<SnapshotsPage>(address),
        "/hosts" => Open<HostsPage>(address),
        "/pools" => Open<PoolsPage>(address),
        "/storage" => Open<StoragePage>(address),
        "/disks" => Open<DisksPage>(address),
        "/networks" => Open<NetworksPage>(address),
        "/tasks" => Open<TasksPage>(address),
        "/alerts" => Open<AlertsPage>(address),
        _ => Open<InventoryTree>("/", ("Open", Branches())),
    };

    /// <summary>The page, as far as it does not repeat the address.</summary>
    private async Task<string> MarkupAsync(string kind, string pool, string id)
    {
        var markup = Detail(kind, pool, id).Markup.Replace(id, "ID", StringComparison.Ordinal);
        await DisposeComponentsAsync();
        return markup;
    }

    private HashSet<string> Branches() =>
        [.. Store.Current.Pools.SelectMany(p => (string[])[p.Uuid, p.Uuid + "/nowhere", p.Uuid + "/storage", .. p.All<Host>().Select(h => $"{p.Uuid}/{h.Ref}")])];

    private IRenderedComponent<IComponent> Detail(string kind, string pool, string id)
    {
        var address = $"/{kind}/{pool}/{id}";
        return kind switch
        {
            "vms" => Open<VmPage>(address, ("PoolUuid", pool), ("Uuid", id)),
            "hosts" => Open<HostPage>(address, ("PoolUuid", pool), ("Uuid", id)),
            "srs" => Open<SrPage>(address, ("PoolUuid", pool), ("Uuid", id)),
            "vdis" => Open<VdiPage>(address, ("PoolUuid", pool), ("Uuid", id)),
            "networks" => Open<NetworkPage>(address, ("PoolUuid", pool), ("Uuid", id)),
            "tasks" => Open<TaskPage>(address, ("PoolUuid", pool), ("Uuid", id)),
            _ => Open<PoolPage>($"/pools/{pool}", ("PoolUuid", pool)),
        };
    }
}
