using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components;

/// <summary>A pool whose every text turns round what follows it: only it is turned, wherever it stands.</summary>
public sealed class ForeignTextTests
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Pages_OfAPoolOfTurningNames_AreReadFromLeftToRight(int width, int height)
    {
        var view = new View(width, height, IsDark: false);
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, hosts: 3, vms: 12);
        pool.Apply([.. Enum.GetValues<XapiClass>().SelectMany(c => pool.Picture.All(c)).Select(o => Hostility.Poison(o, Hostility.Turning))]);
        pool.Apply([.. Enumerable.Range(0, 4).Select(i => pool.Vm(i) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.CleanShutdown, VmOperation.HardShutdown) })]);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync("about:blank", width, height);
        var problems = new List<string>();

        foreach (var station in Station.All(pool, view).Concat(Spoken(pool)))
        {
            await station.GoAsync(page, host.Url);
            await Pictures.TakeAsync(page, $"turning-{station.Name}-{view}");
            problems.AddRange((await ReadingOrder.ProblemsAsync(page)).Select(p => $"{station.Name}: {p}"));
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    /// <summary>Where names stand in the middle of sentences.</summary>
    private static IEnumerable<Station> Spoken(SamplePool pool)
    {
        var vm = $"/vms/{pool.Uuid}/{pool.Vm(3).Uuid}";
        yield return new("menu", vm, page => page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync());
        yield return new("confirmation", vm, OpenConfirmationAsync);
        yield return new("notice", vm, async page =>
        {
            await OpenConfirmationAsync(page);
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Shut down" }).ClickAsync();
            await page.GetByRole(AriaRole.Region, new() { Name = "Your actions" }).WaitForAsync();
        });
    }

    private static async Task OpenConfirmationAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Shut down", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
    }
}
