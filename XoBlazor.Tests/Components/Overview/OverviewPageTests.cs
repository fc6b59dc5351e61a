using Bunit;
using XoBlazor.App.Components.Overview;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Overview;

public sealed class OverviewPageTests : ConsoleContext
{
    [Fact]
    public void Overview_NoPool_OffersToAddOne()
    {
        var page = Open<OverviewPage>("/");

        Assert.Equal("/settings/pools", page.Find(".empty a.button").GetAttribute("href"));
    }

    [Fact]
    public void Overview_HostDown_IsNamedFirst()
    {
        using var pool = new SamplePool(Store, hosts: 3);

        var page = Open<OverviewPage>("/");

        Assert.Contains("lyon-host-02 is down:", Words(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Overview_HostComesBack_NoLongerAsksForAttention()
    {
        using var pool = new SamplePool(Store, hosts: 3);
        var page = Open<OverviewPage>("/");

        pool.Apply(pool.Picture.Get(new XenRef<HostMetrics>("OpaqueRef:hm-2"))! with { Live = true });
        Beat();

        Assert.DoesNotContain("is down", page.Find("ul.needs").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void LastEvents_VmStops_TellsOldAndNew()
    {
        using var pool = new SamplePool(Store);
        var page = Open<OverviewPage>("/");

        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Halted, CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>("task", VmOperation.CleanShutdown)) });
        Beat();

        var line = page.Find("ul.events > li").TextContent;
        Assert.Contains("db-0001", line, StringComparison.Ordinal);
        Assert.Contains("Power state", line, StringComparison.Ordinal);
        Assert.DoesNotContain("operations", line, StringComparison.Ordinal);
    }

    [Fact]
    public void LastEvents_StepsOfOneObject_AreOneLineFromTheFirstToTheLast()
    {
        using var pool = new SamplePool(Store);
        var page = Open<OverviewPage>("/");

        foreach (var state in new[] { VmPowerState.Paused, VmPowerState.Suspended, VmPowerState.Halted })
        {
            pool.Apply(pool.Vm(1) with { PowerState = state });
            Clock.Advance(TimeSpan.FromSeconds(5));
        }

        pool.Apply(pool.Vm(2) with { PowerState = VmPowerState.Halted });
        pool.Apply(pool.Vm(1) with { NameLabel = "renamed" });
        Beat();

        var lines = page.FindAll("ul.events > li");
        Assert.Equal(2, lines.Count);
        Assert.Contains("in 4 steps", lines[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["db-0001", "Running"], lines[0].QuerySelectorAll(".before").Select(e => e.TextContent));
        Assert.Equal(["renamed", "Halted"], lines[0].QuerySelectorAll(".after").Select(e => e.TextContent));
    }

    [Fact]
    public void LastEvents_ManyValuesAtOnce_UnfoldTheRest()
    {
        using var pool = new SamplePool(Store);
        var page = Open<OverviewPage>("/");

        pool.Apply(pool.Vm(1) with { NameLabel = "a", NameDescription = "b", Tags = ["c"], VcpusMax = 9, PowerState = VmPowerState.Halted });
        Beat();

        Assert.Contains("2 more", page.Find("ul.events > li details summary").TextContent, StringComparison.Ordinal);
    }

    private static string Words(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) => string.Join(' ', page.Find("ul.needs .words").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
