using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Lists;

public sealed class ListPageTests : ConsoleContext
{
    [Fact]
    public void List_Opened_ShowsRowsInOrderWithCountAndTotals()
    {
        using var pool = new SamplePool(Store, vms: 5);

        var page = Open<VmsPage>("/vms");

        Assert.Equal(["build-0003", "db-0001", "dns-0004", "mail-0002", "web-0000"], Names(page));
        Assert.Equal("VMs 5", Words(page.Find("h1")));
        Assert.Contains("31", page.Find("[aria-label=Totals]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_VmChanges_ShowsItAtTheNextBeatAndFadesOnlyThatCell()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");

        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Suspended });
        Beat();

        Assert.Contains("Suspended", Row(page, "db-0001").TextContent, StringComparison.Ordinal);
        Assert.Contains("changed-b", Row(page, "db-0001").QuerySelector(".cell")!.ClassName, StringComparison.Ordinal);
        Assert.DoesNotContain("changed", Row(page, "dns-0004").InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void List_NeighbourOfAVmChanges_ShowsItInTheVmsRow()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");
        var guest = pool.Picture.Get(pool.Vm(1).GuestMetrics)!;
        var host = pool.Picture.Get(pool.Vm(1).ResidentOn)!;

        pool.Apply(guest with { Networks = XenMap<string, string>.Of(new KeyValuePair<string, string>("0/ipv4/0", "172.16.9.9")) });
        Beat();
        var address = Row(page, "db-0001").TextContent;
        pool.Apply(host with { NameLabel = "renamed-host" });
        Beat();

        Assert.Contains("172.16.9.9", address, StringComparison.Ordinal);
        Assert.Contains("renamed-host", Row(page, "db-0001").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_HostOfAVmDies_ShowsItInTheVmsRow()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");
        var metrics = pool.Picture.Get(pool.Picture.Get(pool.Vm(2).ResidentOn)!.Metrics)!;

        pool.Apply(metrics with { Live = false });
        Beat();

        Assert.Contains("Down", Row(page, "mail-0002").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_VmIsRenamed_MovesItAfterASecond()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");

        pool.Apply(pool.Vm(0) with { NameLabel = "a-first" });
        BeatAfterASecond();

        Assert.Equal("a-first", Names(page)[0]);
    }

    [Fact]
    public void List_TimePasses_AgesReadOlderWithoutAFade()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms?cols=name,since");
        var before = Words(Row(page, "db-0001").QuerySelector("time")!);

        Clock.Advance(TimeSpan.FromDays(800));
        Beat();

        var after = Row(page, "db-0001");
        Assert.EndsWith(" d ago", before, StringComparison.Ordinal);
        Assert.EndsWith(" y ago", Words(after.QuerySelector("time")!), StringComparison.Ordinal);
        Assert.DoesNotContain("changed", after.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void List_OrderChangesUnderThePointer_WaitsUntilItIsAsked()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");
        page.Find("[role=grid]").TriggerEvent("onmouseenter", new MouseEventArgs());

        pool.Apply(pool.Vm(0) with { NameLabel = "a-first" });
        BeatAfterASecond();
        var held = Names(page);
        page.Do(() => Button(page, "Order changed · apply"), it => it.Click());

        Assert.Equal("a-first", held[^1]);
        Assert.Equal("a-first", Names(page)[0]);
    }

    [Fact]
    public void List_WhatOneHasMadeOneself_IsSeenAtOnce_AlsoUnderThePointer()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");
        page.Find("[role=grid]").TriggerEvent("onmouseenter", new MouseEventArgs());

        pool.Apply(pool.Vm(0) with { Ref = "OpaqueRef:own", Uuid = "own-uuid", NameLabel = "a-new-one" });
        BeatAfterASecond();
        var held = Names(page);
        Made(new(pool.Uuid, "own-uuid"));
        BeatAfterASecond();

        Assert.DoesNotContain("a-new-one", held);
        Assert.Equal("a-new-one", Names(page)[0]);
    }

    /// <summary>An operation of this circuit's has made it.</summary>
    private void Made(ObjectKey key)
    {
        var requester = new Requester(new("ada", "Ada"), Actions.Face);
        var record = new AuditRecord { Category = AuditCategory.Operation, Action = VmCopyOperations.Copy.Name, Actor = new("ada", "Ada"), Outcome = AuditOutcome.Begun };
        var target = new Vm { Ref = "OpaqueRef:vm-1", Uuid = "another" };
        var run = new OperationRun(VmCopyOperations.Copy, new(key.Pool, target.Uuid), "db-0001", requester, new(1, "", record));
        run.TryEnd(new(OperationEnd.Succeeded, "") { Made = key });
        Services.GetRequiredService<Actions>().Add(new(run.Operation, run.Target, target, run.TargetName, run, null));
    }

    [Fact]
    public void List_VmGoes_StaysStruckOutUnderThePointerAndThenLeaves()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");
        page.Find("[role=grid]").TriggerEvent("onmouseenter", new MouseEventArgs());

        pool.Remove(pool.Vm(1));
        BeatAfterASecond();
        var isStruckOut = Row(page, "db-0001").ClassList.Contains("gone");
        page.Find("[role=grid]").TriggerEvent("onmouseleave", new MouseEventArgs());
        BeatAfterASecond();

        Assert.True(isStruckOut);
        Assert.DoesNotContain("db-0001", Names(page));
    }

    [Fact]
    public void List_FilterTyped_NarrowsAndStandsInTheAddress()
    {
        using var pool = new SamplePool(Store, vms: 20);
        var page = Open<VmsPage>("/vms");

        page.Do(() => page.Find("[role=combobox]"), it => it.Input("power_state:halted"));

        Assert.Equal(["dns-0014", "mail-0007", "web-0000"], Names(page));
        Assert.Equal("VMs 3 of 20", Words(page.Find("h1")));
        Assert.EndsWith("/vms?q=power_state:halted", Uri(), StringComparison.Ordinal);
    }

    [Fact]
    public void List_FilterThatCannotBeRead_KeepsTheRowsAndPointsAtTheCharacter()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");

        page.Do(() => page.Find("[role=combobox]"), it => it.Input("|(web"));

        Assert.Equal(5, Names(page).Count);
        Assert.NotEmpty(page.Find("#filter-problem mark").TextContent);
    }

    [Fact]
    public void List_FilterMatchesNothing_SaysSoAndClears()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms?q=nowhere");

        Assert.Contains("None of 5 matches", page.Markup, StringComparison.Ordinal);
        page.Do(() => Button(page, "Clear the filter"), it => it.Click());

        Assert.Equal(5, Names(page).Count);
    }

    [Fact]
    public void List_NoPool_OffersToAddOne()
    {
        var page = Open<VmsPage>("/vms");

        Assert.Equal("/settings/pools", page.Find("a.primary").GetAttribute("href"));
    }

    [Fact]
    public void List_HeaderClickedTwice_OrdersDescendingInTheAddress()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");

        page.Do(() => Header(page, "vCPUs"), it => it.Click());
        page.Do(() => Header(page, "vCPUs"), it => it.Click());

        Assert.Equal("dns-0004", Names(page)[0]);
        Assert.EndsWith("?sort=-cpus", Uri(), StringComparison.Ordinal);
        Assert.Equal("descending", Header(page, "vCPUs").ParentElement!.GetAttribute("aria-sort"));
    }

    [Fact]
    public void List_HeaderClickedWithShift_OrdersByBoth()
    {
        using var pool = new SamplePool(Store, vms: 20);
        var page = Open<VmsPage>("/vms?sort=state");

        page.Do(() => Header(page, "Memory"), it => it.Click(new MouseEventArgs { ShiftKey = true }));

        Assert.EndsWith("?sort=state,memory", Uri(), StringComparison.Ordinal);
    }

    [Fact]
    public void List_AddressWithEverything_OpensAsItWas()
    {
        using var pool = new SamplePool(Store, vms: 20);

        var page = Open<VmsPage>($"/vms?q=web&sort=-name&cols=name,memory:90&sel={pool.Vm(5).Uuid}");

        Assert.Equal(["web-0015", "web-0010", "web-0005", "web-0000"], Names(page));
        Assert.Equal(["Name", "Memory"], page.FindAll(".header .sort").Select(Words));
        Assert.Equal("true", Row(page, "web-0005").GetAttribute("aria-selected"));
        Assert.Contains("1 selected", page.Find("[role=toolbar]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_ColumnChosen_Appears()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");

        page.Do(() => Button(page, "Columns"), it => it.Click());
        page.FindAll("[role=dialog] label").First(label => Words(label) == "UUID").QuerySelector("input")!.Change(true);

        Assert.Contains("UUID", page.FindAll(".header .sort").Select(Words));
        Assert.Contains(pool.Vm(0).Uuid, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void List_Keys_MoveSelectAndOpen()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");

        Key(page, "ArrowDown");
        Key(page, "ArrowDown");
        Key(page, " ");
        Key(page, "ArrowDown", shift: true);
        var selected = page.FindAll("[aria-selected=true]").Count;
        Key(page, "Enter");

        Assert.Equal(2, selected);
        Assert.EndsWith($"/vms/{pool.Uuid}/{pool.Vm(4).Uuid}", Uri(), StringComparison.Ordinal);
    }

    [Fact]
    public void List_ControlAAndEscape_SelectsAllAndNone()
    {
        using var pool = new SamplePool(Store, vms: 5);
        var page = Open<VmsPage>("/vms");

        Key(page, "a", control: true);
        var all = page.Find("[role=toolbar]").TextContent;
        Key(page, "Escape");

        Assert.Contains("5 selected", all, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=toolbar]"));
    }

    [Fact]
    public void List_Selection_OffersWhatIsPossibleAndSaysWhyNot()
    {
        using var pool = new SamplePool(Store, vms: 5);
        pool.Apply(pool.Vm(0) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start) });
        var page = Open<VmsPage>("/vms");

        Row(page, "web-0000").QuerySelector("input")!.Change(true);

        Assert.Null(Button(page, "Start").GetAttribute("aria-disabled"));
        page.Do(() => page.Find("[aria-label='More actions']"), it => it.Click());
        var pause = page.FindAll("[role=menuitem]").First(item => Words(item).StartsWith("Pause", StringComparison.Ordinal));
        Assert.Equal("true", pause.GetAttribute("aria-disabled"));
        Assert.NotEmpty(pause.QuerySelector("small")!.TextContent);
    }

    [Fact]
    public void List_NameWithMarkup_IsText()
    {
        using var pool = new SamplePool(Store, vms: 2);
        pool.Apply(pool.Vm(0) with { NameLabel = "<img src=x onerror=alert(1)>", Tags = ["<b>x</b>"] });

        var page = Open<VmsPage>("/vms");

        Assert.Contains("<img src=x onerror=alert(1)>", Names(page));
        Assert.Empty(page.FindAll("img, b"));
    }

    [Fact]
    public void List_RowMenu_ListsOperationsAndOpens()
    {
        using var pool = new SamplePool(Store, vms: 2);
        var page = Open<VmsPage>("/vms");

        Row(page, "web-0000").ContextMenu();

        Assert.Equal($"/vms/{pool.Uuid}/{pool.Vm(0).Uuid}", page.Find("[role=menu] a").GetAttribute("href"));
        Assert.Contains(page.FindAll("[role=menuitem]"), item => Words(item).StartsWith("Start", StringComparison.Ordinal));
    }

    [Fact]
    public void List_PoolOutOfReach_HatchesItsRowsAndSaysSince()
    {
        using var pool = new SamplePool(Store, vms: 2);
        var silent = new ScenePool(pool.Uuid, "Lyon", pool.Picture, IsConnected: false, Clock.GetUtcNow().AddMinutes(-3), "Nothing answers at 10.0.0.1.", Clock.GetUtcNow().AddSeconds(20));

        var page = OpenWith(new Scene(1, [silent]));

        Assert.All(page.FindAll(".body .row"), row => Assert.Contains("stale", row.ClassList));
        Assert.Contains("Lyon is shown as it was 3 min ago. Next try in 20 s. Nothing answers at 10.0.0.1.", Words(page.Find("[role=status].stale-notice")), StringComparison.Ordinal);
    }

    [Fact]
    public void List_OfThePast_ShowsThePastAndOffersNothing()
    {
        using var pool = new SamplePool(Store, vms: 2);
        var past = new ScenePool(pool.Uuid, "Lyon", pool.Picture, IsConnected: true, null);
        pool.Apply(pool.Vm(0) with { NameLabel = "now-named-otherwise" });

        var page = OpenWith(new Scene(1, [past], AsOf: Clock.GetUtcNow().AddHours(-1)));
        Row(page, "web-0000").QuerySelector("input")!.Change(true);
        page.Do(() => page.Find("[aria-haspopup=menu][aria-label='More actions']"), it => it.Click());

        Assert.All(page.FindAll("[role=menuitem]"), item => Assert.Equal("true", item.GetAttribute("aria-disabled")));
    }

    private IRenderedComponent<IComponent> OpenWith(Scene scene) => Render(builder =>
    {
        builder.OpenComponent<CascadingValue<IPictureSource>>(0);
        builder.AddComponentParameter(1, "Value", new FixedPictures(scene));
        builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inside =>
        {
            inside.OpenComponent<VmsPage>(0);
            inside.CloseComponent();
        }));
        builder.CloseComponent();
    });

    private sealed record FixedPictures(Scene Current) : IPictureSource;

    private static List<string> Names(IRenderedComponent<IComponent> page) => [.. page.FindAll(".body .row .name .cut").Select(Words)];

    private static IElement Row(IRenderedComponent<IComponent> page, string name) => page.FindAll(".body .row").First(row => row.QuerySelector(".name")!.TextContent.Contains(name, StringComparison.Ordinal));

    private static IElement Button(IRenderedComponent<IComponent> page, string words) => page.FindAll("button").First(button => Words(button) == words);

    private static IElement Header(IRenderedComponent<IComponent> page, string title) => page.FindAll(".header .sort").First(button => Words(button) == title);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Key(IRenderedComponent<IComponent> page, string key, bool shift = false, bool control = false) =>
        page.Do(() => page.Find("[role=grid]"), it => it.KeyDown(new KeyboardEventArgs { Key = key, ShiftKey = shift, CtrlKey = control }));

    private string Uri() => Services.GetRequiredService<NavigationManager>().Uri;

    private void BeatAfterASecond()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Beat();
    }
}
