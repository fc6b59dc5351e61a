using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Hosts;
using XoBlazor.App.Components.Pools;
using XoBlazor.App.Components.Storage;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Statistics;

/// <summary>The tab of a VM, a host and a storage that shows how busy they are.</summary>
public sealed class StatisticsTabTests : ConsoleContext
{
    private readonly List<MetricsGranularity> _asked = [];
    private Func<ObjectKey, MetricsGranularity, Task<HostFigures>> _answer;

    public StatisticsTabTests()
    {
        _answer = (host, granularity) => Task.FromResult(MadeFigures.Of(Store, host, granularity, Clock.GetUtcNow()));
        Services.AddSingleton(_ => new MetricsReader(Store, new HostMetricsCache(
            (host, granularity, _) =>
            {
                lock (_asked)
                    _asked.Add(granularity);
                return _answer(host, granularity);
            },
            Clock)));
        Services.AddMadeHistory();
    }

    [Fact]
    public void Vm_ShowsChartsWithWordsForThoseWhoDoNotSeeThem()
    {
        using var pool = new SamplePool(Store);

        var page = OpenVm(pool, pool.Vm(1));

        page.WaitForAssertion(() => Assert.Equal(["processors", "memory", "network", "disk", "operations", "latency"], page.FindAll("[data-chart]").Select(chart => chart.GetAttribute("data-chart"))));
        Assert.Matches("^Processors, the last ten minutes: mean now [0-9.]+ %, between [0-9.]+ % and [0-9.]+ %; busiest now", page.Find("[data-chart=processors] svg").GetAttribute("aria-label"));
        // Nothing is known of ten steps in the middle.
        Assert.Equal(2, page.Find("[data-chart=processors] [data-line]").GetAttribute("d")!.Count(letter => letter == 'M'));
        Assert.Equal("Statistics", page.Find(".tabs a[aria-current]").TextContent.Trim());
    }

    [Fact]
    public void Host_HasItsOwn()
    {
        using var pool = new SamplePool(Store);
        var host = pool.Picture.All<Host>().First();

        var page = Open<HostPage>($"/hosts/{pool.Uuid}/{host.Uuid}?tab=statistics", ("PoolUuid", pool.Uuid), ("Uuid", host.Uuid));

        page.WaitForAssertion(() => Assert.Equal(["processors", "memory", "network", "disk", "operations", "load"], page.FindAll("[data-chart]").Select(chart => chart.GetAttribute("data-chart"))));
    }

    [Fact]
    public void Storage_HasThatOfItsHostsTogether()
    {
        using var pool = new SamplePool(Store);
        var sr = pool.Picture.All<Sr>().First();

        var page = Open<SrPage>($"/srs/{pool.Uuid}/{sr.Uuid}?tab=statistics", ("PoolUuid", pool.Uuid), ("Uuid", sr.Uuid));

        page.WaitForAssertion(() => Assert.Equal(["disk", "operations", "latency", "wait"], page.FindAll("[data-chart]").Select(chart => chart.GetAttribute("data-chart"))));
    }

    [Fact]
    public void Range_InTheAddress_IsAskedForAndMarked()
    {
        using var pool = new SamplePool(Store);

        var page = OpenVm(pool, pool.Vm(1), "&range=7d");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-chart]")));
        Assert.Equal("7 d", page.Find(".ranges a[aria-current]").TextContent.Trim());
        Assert.Equal([MetricsGranularity.Hours], _asked);
        Assert.Contains("every hour", page.Find(".as-of").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_AreATable_NewestFirst()
    {
        using var pool = new SamplePool(Store);

        var page = OpenVm(pool, pool.Vm(1), "&values=table");

        page.WaitForAssertion(() => Assert.Equal(120, page.FindAll("[data-chart=memory] tbody tr").Count));
        Assert.Empty(page.FindAll("svg[role=img]"));
        Assert.Equal(["Time", "used by the guest", "given to the VM"], page.FindAll("[data-chart=memory] thead th").Select(head => head.TextContent));
        Assert.Equal("14:00:00", page.Find("[data-chart=memory] tbody tr:first-child th").TextContent);
        Assert.Equal(10, page.FindAll("[data-chart=network] tbody tr").Count(row => row.TextContent.Contains("not known", StringComparison.Ordinal)));
    }

    [Fact]
    public void Charts_GoOnWithTime_AndNoMoreOftenThanThereIsNews()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1));
        page.WaitForAssertion(() => Assert.Contains("14:00:00", page.Find(".as-of").TextContent, StringComparison.Ordinal));

        Clock.Advance(TimeSpan.FromSeconds(3));
        Beat();
        Assert.Single(_asked);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Beat();

        page.WaitForAssertion(() => Assert.Contains("14:00:05", page.Find(".as-of").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void Host_ThatStopsAnswering_LeavesTheLastFiguresWithTheReason_AndComesBack()
    {
        using var pool = new SamplePool(Store);
        var page = OpenVm(pool, pool.Vm(1));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-chart]")));
        var good = _answer;

        _answer = (_, _) => throw new MetricsException(MetricsProblem.OutOfReach, "lyon-host-01 went away.");
        Clock.Advance(TimeSpan.FromSeconds(5));
        Beat();
        page.WaitForAssertion(() => Assert.Contains("lyon-host-01 went away.", page.Find("[role=status].bad").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll("[data-chart]"));
        _answer = good;
        Clock.Advance(TimeSpan.FromSeconds(5));
        Beat();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=status].bad")));
    }

    [Fact]
    public void Vm_ThatDoesNotRun_SaysSo_AndShowsFiguresOnceItDoes()
    {
        using var pool = new SamplePool(Store);
        var vm = pool.Vm(0);

        var page = OpenVm(pool, vm);
        page.WaitForAssertion(() => Assert.Contains("does not run", page.Markup, StringComparison.Ordinal));
        Assert.Empty(_asked);
        pool.Apply(vm with { PowerState = VmPowerState.Running, ResidentOn = new("OpaqueRef:host-0") });
        Clock.Advance(TimeSpan.FromSeconds(5));
        Beat();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-chart]")));
    }

    [Fact]
    public void Templates_HaveNone()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Vm(1) with { IsATemplate = true });

        var page = OpenVm(pool, pool.Vm(1));

        Assert.DoesNotContain(page.FindAll(".tabs a"), tab => tab.TextContent.Contains("Statistics", StringComparison.Ordinal));
    }

    [Fact]
    public void Day_ShowsWhatWasWrittenDown_WithWhatTheHostHasBesides()
    {
        using var pool = new SamplePool(Store);
        Write(MetricsOwner.Vm, pool.Picture.Key(pool.Vm(1)), at => [0.25f, 4L << 30, 3L << 30, at, 2 * at, 3 * at, 4 * at]);

        var page = OpenVm(pool, pool.Vm(1), "&range=24h");

        page.WaitForAssertion(() => Assert.Equal(["processors", "memory", "network", "disk"], page.FindAll("[data-chart]").Select(chart => chart.GetAttribute("data-chart"))));
        Assert.Contains("mean now 25 %", page.Find("[data-chart=processors] svg").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("every 5 minutes", page.Find(".as-of").TextContent, StringComparison.Ordinal);
        Assert.Equal("24 h", page.Find(".ranges a[aria-current]").TextContent.Trim());
    }

    [Fact]
    public void Vm_ThatDoesNotRun_HasItsHistory()
    {
        using var pool = new SamplePool(Store);
        Write(MetricsOwner.Vm, pool.Picture.Key(pool.Vm(0)), _ => [0.25f, 4L << 30, float.NaN, 1, 1, 1, 1]);

        var page = OpenVm(pool, pool.Vm(0), "&range=30d");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-chart]")));
        Assert.Empty(_asked);
    }

    [Fact]
    public void Time_ChosenFreely_StandsInTheAddress_AndEndsWhereItSays()
    {
        using var pool = new SamplePool(Store);
        Write(MetricsOwner.Vm, pool.Picture.Key(pool.Vm(1)), _ => [0.25f, 4L << 30, 3L << 30, 1, 1, 1, 1]);

        var page = OpenVm(pool, pool.Vm(1), "&range=free&from=2026-11-22T13:00Z&to=2026-11-22T13:30Z&values=table");

        page.WaitForAssertion(() => Assert.Equal("22 Nov 13:30", page.Find("[data-chart=processors] tbody tr:first-child th").TextContent));
        Assert.Equal("2026-11-22T13:00", page.Find("#statistics-from").GetAttribute("value"));
        page.Find("#statistics-from").Change("2026-11-22T13:10");
        page.Find("form.free").Submit();

        Assert.EndsWith("range=free&from=2026-11-22T13:10Z&to=2026-11-22T13:30Z", Uri.UnescapeDataString(Services.GetRequiredService<NavigationManager>().Uri).Replace("&values=table", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Pool_ShowsHowFullItsStorageWas()
    {
        using var pool = new SamplePool(Store);
        foreach (var sr in pool.Picture.All<Sr>())
            Write(MetricsOwner.Sr, pool.Picture.Key(sr), _ => [1L << 40, 4L << 40]);

        var page = Open<PoolPage>($"/pools/{pool.Uuid}?tab=statistics", ("PoolUuid", pool.Uuid));
        page.WaitForAssertion(() => Assert.Contains("in use now 2 TiB", page.Find("[data-chart=space] svg").GetAttribute("aria-label"), StringComparison.Ordinal));
        Assert.Equal(["24 h", "30 d", "13 mo", "Free"], page.FindAll(".ranges a").Select(range => range.TextContent.Trim()));
    }

    [Fact]
    public void Storage_ShowsHowFullItWas()
    {
        using var pool = new SamplePool(Store);
        var storage = pool.Picture.All<Sr>().First();
        Write(MetricsOwner.Sr, pool.Picture.Key(storage), _ => [1L << 40, 4L << 40]);

        var page = Open<SrPage>($"/srs/{pool.Uuid}/{storage.Uuid}?tab=statistics&range=30d", ("PoolUuid", pool.Uuid), ("Uuid", storage.Uuid));

        page.WaitForAssertion(() => Assert.Contains("in use now 1 TiB", page.Find("[data-chart=space] svg").GetAttribute("aria-label"), StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_WrittenDown_IsSaid()
    {
        using var pool = new SamplePool(Store);

        var page = OpenVm(pool, pool.Vm(0), "&range=13mo");

        page.WaitForAssertion(() => Assert.Contains("Nothing was written down of", page.Markup, StringComparison.Ordinal));
    }

    // The hour before now.
    private void Write(MetricsOwner owner, ObjectKey key, Func<int, float[]> values)
    {
        var history = Services.GetRequiredService<HistoryStore>();
        for (var at = 0; at < 12; at++)
            history.Add(new(owner, key), HistoryGrid.Fine.SlotOf(Clock.GetUtcNow().ToUnixTimeSeconds()) - 12 + at, values(at));
    }

    private IRenderedComponent<IComponent> OpenVm(SamplePool pool, Vm vm, string more = "") =>
        Open<VmPage>($"/vms/{pool.Uuid}/{vm.Uuid}?tab=statistics{more}", ("PoolUuid", pool.Uuid), ("Uuid", vm.Uuid));
}
