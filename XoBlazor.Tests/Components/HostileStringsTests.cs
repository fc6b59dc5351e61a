using System.Collections.Concurrent;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components;

/// <summary>A pool whose every text is an attack: it appears as text, runs nothing, and breaks no page.</summary>
public sealed class HostileStringsTests
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Pages_OfAHostilePool_RunNothingAndKeepTheirShape(int width, int height)
    {
        var view = new View(width, height, IsDark: false);
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, hosts: 3, vms: 12);
        pool.Apply([.. Enum.GetValues<XapiClass>().SelectMany(c => pool.Picture.All(c)).Select(o => Hostility.Poison(o, Hostility.Text))]);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync("about:blank", width, height);
        var watch = PageWatch.On(page);
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(request.Url);
        var problems = new List<string>();

        foreach (var station in Station.All(pool, view))
        {
            await station.GoAsync(page, host.Url);
            await Pictures.TakeAsync(page, $"hostile-{station.Name}-{view}");
            if (await page.EvaluateAsync<bool>("mark => mark in window || document.getElementById(mark) !== null", Hostility.Mark))
                problems.Add($"{station.Name}: markup of the pool is markup of the page");
            problems.AddRange(watch.Take().Concat(await Station.TooWideAsync(page)).Select(p => $"{station.Name}: {p}"));
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.All(asked, url => Assert.StartsWith(host.Url, url, StringComparison.Ordinal));
    }
}
