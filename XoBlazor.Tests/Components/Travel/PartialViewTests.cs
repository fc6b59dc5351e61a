using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Travel;

/// <summary>The bar of the past, and the journal, for somebody who sees a part of the estate.</summary>
public sealed class PartialViewTests : OperatorContext
{
    [Fact]
    public async Task Bars_OfSomebodyWhoSeesSomeVms_CountTheirChangesOnly()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        Give(OperatorOfTag);
        await WriteAsync();
        pool.Apply(pool.Vm(1) with { Tags = [Tag] });
        pool.Apply(pool.Vm(2) with { NameDescription = "hidden" }, pool.Vm(3) with { NameDescription = "hidden" });
        Clock.Advance(TimeSpan.FromMinutes(30));
        pool.Apply(pool.Vm(1) with { Tags = [Tag], NameDescription = "seen" });
        await WriteAsync();
        CatchUp();

        var bar = Open<TravelBar>("/", ("IsOpen", true));

        Wait(bar, () => Assert.NotEmpty(bar.FindAll(".mark")));
        var bars = bar.FindAll(".mark").Where(m => m.GetAttribute("style") != "height: 0%").ToList();
        Assert.NotEmpty(bars);
        Assert.EndsWith(": 1 changes", bars[^1].GetAttribute("title"), StringComparison.Ordinal);
        Assert.DoesNotContain("not shown", bar.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bars_OfSomebodyWhoSeesTooMuchToCount_SayWhyTheyAreMissing()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 1500);
        Give(OperatorOfTag);
        pool.Apply([.. Enumerable.Range(0, 1500).Select(i => pool.Vm(i) with { Tags = [Tag] })]);
        await WriteAsync();
        CatchUp();

        var bar = Open<TravelBar>("/", ("IsOpen", true));

        Wait(bar, () => Assert.Contains("How much happened when is not shown", bar.Markup, StringComparison.Ordinal));
        Assert.Empty(bar.FindAll(".mark"));
    }

    [Fact]
    public async Task Journal_OfOneWhoSeesAPart_NamesNothingHiddenByANameItHad()
    {
        using var pool = await RenamedAsync();

        var page = Open<JournalPage>("/journal?q=told");

        Wait(page, () => Assert.Contains("told of an object you may not see", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("payroll", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_SearchedForANameThatSomethingHiddenHad_FindsNothing()
    {
        using var pool = await RenamedAsync();

        var page = Open<JournalPage>("/journal?q=payroll");

        Wait(page, () => Assert.Equal("/journal", page.Find(".empty a.button").GetAttribute("href")));
    }

    /// <summary>A pool with an alert about a VM of Ada's that names a hidden one as it was called then.</summary>
    private async Task<SamplePool> RenamedAsync()
    {
        await OpenJournalAsync();
        var pool = new SamplePool(Store, vms: 4);
        pool.Apply(pool.Vm(1) with { Tags = [Tag] }, pool.Vm(2) with { NameLabel = "secret payroll" });
        Give(OperatorOfTag);
        pool.Apply(new XapiMessage { Ref = "OpaqueRef:m", Uuid = "0e0e0e0e-0000-4000-8000-000000000001", Cls = MessageClass.Vm, ObjUuid = pool.Vm(1).Uuid, Body = "told of secret payroll" });
        pool.Apply(pool.Vm(2) with { NameLabel = "harmless" });
        await WriteAsync();
        CatchUp();
        return pool;
    }
}
