using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Vms;

public sealed class VmPageTests : ConsoleContext
{
    [Fact]
    public void VmPage_Opened_ShowsNameStateHostAndAddress()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1));

        Assert.Equal("db-0001", page.Find("h1").TextContent);
        Assert.Contains("Running", page.Find("header").TextContent, StringComparison.Ordinal);
        Assert.Contains("lyon-host-01", page.Find("header").TextContent, StringComparison.Ordinal);
        Assert.Contains("192.168.0.3", page.Find("header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void VmPage_NameWithMarkup_ShowsItAsText()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Vm(1) with { NameLabel = "<script>alert(1)</script>" });

        var page = OpenVm(pool, pool.Vm(1));

        Assert.Equal("<script>alert(1)</script>", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll("script"));
    }

    [Fact]
    public void VmPage_VmStops_ShowsItAtTheNextBeat()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1));

        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Halted, ResidentOn = default });
        Beat();

        Assert.Contains("Halted", page.Find("header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void VmPage_AnotherVmChanges_DoesNotRenderAgain()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1)).FindComponent<VmPage>();
        var before = page.RenderCount;

        pool.Apply(pool.Vm(2) with { NameLabel = "other" });
        Beat();

        Assert.Equal(before, page.RenderCount);
    }

    [Fact]
    public void VmPage_DiskOfTheVmGrows_ShowsTheNewSize()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1), "?tab=disks");

        pool.Apply(pool.Picture.Get(new XenRef<Vdi>("OpaqueRef:vdi-1"))! with { VirtualSize = 30L << 30 });
        Beat();

        Assert.Contains("30 GiB", page.Find("table").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void VmPage_VmDeletedWhileLookedAt_KeepsItsLastStateAndSaysSo()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1));

        pool.Remove(pool.Vm(1));
        Beat();

        Assert.Equal("db-0001", page.Find("h1").TextContent);
        Assert.Contains("no longer exists", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button[aria-haspopup=menu]"));
    }

    [Fact]
    public void VmPage_UnknownVm_SaysThereIsNoneAndLeadsToTheJournal()
    {
        using var pool = new SamplePool(Store);
        var page = Open<VmPage>($"/vms/{pool.Uuid}/none", ("PoolUuid", pool.Uuid), ("Uuid", "none"));

        Assert.Contains("There is no such VM", page.Markup, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("a"), a => a.GetAttribute("href")!.StartsWith("/journal", StringComparison.Ordinal));
    }

    [Fact]
    public void Actions_NotPossible_AreDisabledWithTheReason()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Vm(1) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.HardShutdown) });

        var page = OpenVm(pool, pool.Vm(1));

        var button = page.FindAll("button").Single(b => b.TextContent.Trim() == "Shut down");
        Assert.Equal("true", button.GetAttribute("aria-disabled"));
        Assert.Contains("guest tools", button.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_Destructive_AskFirstAndSayWhatIsLost()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Vm(1) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.CleanShutdown) });
        var page = OpenVm(pool, pool.Vm(1));

        page.Do(() => page.FindAll("button").Single(b => b.TextContent.Trim() == "Shut down"), it => it.Click());

        page.WaitForAssertion(() => Assert.Contains("Everything the VM serves stops", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Shut down db-0001?", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void VmPage_PoolOutOfReach_KeepsTheVmHatchedAndDated()
    {
        using var pool = new SamplePool(Store);
        Pictures = new Silent(pool, Clock.GetUtcNow().AddMinutes(-5));

        var page = OpenVm(pool, pool.Vm(1));

        Assert.Equal("db-0001", page.Find("h1").TextContent);
        var notice = page.Find("p.notice.stale").TextContent;
        Assert.Contains("out of reach", notice, StringComparison.Ordinal);
        Assert.Contains("5 min ago", notice, StringComparison.Ordinal);
        Assert.Contains("No answer from 10.0.0.1.", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_PoolCannotBeReached_SayWhyAndStartNothing()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Vm(0) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start) });
        var page = OpenVm(pool, pool.Vm(0));
        var notices = Render<CascadingValue<IPictureSource>>(frame => frame
            .Add(f => f.Value, View).AddChildContent<ActionNotices>());

        page.Do(() => page.FindAll("button").Single(b => b.TextContent.Trim() == "Start"), it => it.Click());
        using (var patience = Patience.Source())
            while (Services.GetRequiredService<Actions>().Notices.Count == 0)
                await Task.Delay(5, patience.Token);
        Beat();

        notices.WaitForAssertion(() => Assert.Contains("web-0000 · Start: not possible", notices.Find("section.notices").TextContent, StringComparison.Ordinal));
        Assert.Contains("out of reach", notices.Find("section.notices").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshots_OfAVm_StandAsATreeWithThePresent()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(
            pool.Vm(1) with { Snapshots = [new("OpaqueRef:s1"), new("OpaqueRef:s2")], Parent = new("OpaqueRef:s2") },
            new Vm { Ref = "OpaqueRef:s1", Uuid = "s1", NameLabel = "first", IsASnapshot = true, SnapshotOf = new("OpaqueRef:vm-1"), SnapshotTime = Clock.GetUtcNow().AddDays(-2) },
            new Vm { Ref = "OpaqueRef:s2", Uuid = "s2", NameLabel = "second", IsASnapshot = true, SnapshotOf = new("OpaqueRef:vm-1"), SnapshotTime = Clock.GetUtcNow().AddDays(-1), Parent = new("OpaqueRef:s1") });

        var page = OpenVm(pool, pool.Vm(1), "?tab=snapshots");

        var lines = page.FindAll("ul.tree > li").Select(l => l.TextContent.Trim()).ToList();
        Assert.Contains("first", lines[0], StringComparison.Ordinal);
        Assert.Contains("second", lines[1], StringComparison.Ordinal);
        Assert.Equal("The present state", lines[2]);
    }

    [Fact]
    public void Advanced_ReferenceField_IsALinkToTheObject()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1), "?tab=advanced");

        page.Do(() => page.Find("input[type=search]"), it => it.Input("resident_on"));

        Assert.Equal($"/hosts/{pool.Uuid}/00000001-0001-4000-8000-000000000001", page.Find("dl.raw dd a").GetAttribute("href"));
    }

    private IRenderedComponent<IComponent> OpenVm(SamplePool pool, Vm vm, string query = "") =>
        Open<VmPage>($"/vms/{pool.Uuid}/{vm.Uuid}{query}", ("PoolUuid", pool.Uuid), ("Uuid", vm.Uuid));

    private sealed class Silent(SamplePool pool, DateTimeOffset since) : IPictureSource
    {
        public Scene Current { get; } = new(1, [new ScenePool(pool.Uuid, "Lyon", pool.Picture, IsConnected: false, since, "No answer from 10.0.0.1.", since.AddMinutes(6))]);
    }
}
