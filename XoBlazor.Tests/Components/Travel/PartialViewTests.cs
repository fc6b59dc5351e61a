using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Travel;

/// <summary>The bar of the past for somebody who sees a part of the estate.</summary>
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
}
