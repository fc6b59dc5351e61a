using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components;

/// <summary>
/// Every page as people see it. XOBLAZOR_LOOKS names a folder for its pictures; XOBLAZOR_LOOK_AT (addresses, separated by spaces)
/// looks at those instead.
/// </summary>
public sealed class Looks
{
    public static TheoryData<int, int, bool> Views => new(View.All.Select(v => (v.Width, v.Height, v.IsDark)));

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Pages_AreWholeQuietAndAccessible(int width, int height, bool isDark)
    {
        var view = new View(width, height, isDark);
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var lyon = new SamplePool(host.Store, 1, 3, 40);
        using var paris = new SamplePool(host.Store, 2, 16, 20, "Paris");
        lyon.Apply(lyon.Vm(3) with { NameLabel = new string('W', 200), Tags = [new string('T', 200), "production"] });
        MadeFigures.AddSpace(host.History, lyon.Picture, TimeProvider.System.GetUtcNow());
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync("about:blank", width, height, isDark);
        var watch = PageWatch.On(page);
        var problems = new List<string>();

        foreach (var station in Stations(lyon, view))
        {
            await station.GoAsync(page, host.Url);
            await Pictures.TakeAsync(page, $"{station.Name}-{view}");
            problems.AddRange([.. watch.Take().Concat(await Station.TooWideAsync(page)).Concat(await Axe.ProblemsAsync(page)).Select(p => $"{station.Name}: {p}")]);
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    private static IEnumerable<Station> Stations(SamplePool pool, View view) =>
        Environment.GetEnvironmentVariable("XOBLAZOR_LOOK_AT") is { Length: > 0 } addresses
            ? addresses.Split(' ').Select(a => new Station(a.Trim('/').Replace('/', '_').Replace('?', '_'), a))
            : Station.All(pool, view);
}
