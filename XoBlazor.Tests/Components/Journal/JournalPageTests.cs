using Bunit;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Journal;

public sealed class JournalPageTests : JournalContext
{
    [Fact]
    public async Task Journal_SearchedForText_ShowsOnlyWhatMatchesAsOldAndNew()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        pool.Apply(pool.Vm(1) with { NameLabel = "renamed <b>" });
        pool.Apply(pool.Vm(2) with { NameLabel = "another" });
        await WriteAsync();

        var page = Open<JournalPage>("/journal?q=renamed");

        page.WaitForAssertion(() => Assert.Single(page.FindAll("ul.entries > li")), Patience.Limit);
        var line = page.Find("ul.entries > li").TextContent;
        Assert.Contains("db-0001", line, StringComparison.Ordinal);
        Assert.Contains("renamed <b>", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_NothingMatches_SaysSoAndOffersToClearTheFilter()
    {
        await OpenJournalAsync();

        var page = Open<JournalPage>("/journal?q=nowhere");

        page.WaitForAssertion(() => Assert.Equal("/journal", page.Find(".empty a.button").GetAttribute("href")), Patience.Limit);
    }

    [Fact]
    public async Task Journal_SearchThatStoppedEarly_SaysSoAndGoesOn()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        for (var i = 0; i < 40; i++)
        {
            pool.Apply(pool.Vm(1) with { NameDescription = $"alpha {i}" });
            pool.Apply(pool.Vm(2) with { NameDescription = $"beta {i}" });
        }

        await WriteAsync();
        Storage.MostLookedThrough = 2;

        var page = Open<JournalPage>("/journal?q=alpha+beta");
        page.WaitForAssertion(() => Assert.Contains("Nothing found so far", page.Markup, StringComparison.Ordinal), Patience.Limit);

        var onward = page.FindAll("a.button").Single(a => a.TextContent == "Continue searching").GetAttribute("href")!;
        Assert.Contains("before=", onward, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_OfAVm_TellsChangesAndLeavesOutBookkeeping()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        pool.Apply(pool.Vm(1) with { CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>("t", VmOperation.CleanShutdown)) });
        await WriteAsync();
        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Halted });
        await WriteAsync();

        var page = Open<VmPage>($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}?tab=timeline", ("PoolUuid", pool.Uuid), ("Uuid", pool.Vm(1).Uuid));

        page.WaitForAssertion(() => Assert.Contains("Power state", page.Find(".timeline").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.DoesNotContain("Current operations", page.Find(".timeline").TextContent, StringComparison.Ordinal);
    }
}
