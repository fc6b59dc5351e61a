using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Simulator;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Tasks;

/// <summary>Dismissing alerts: they go on the host and in every browser, or the reason why not is said.</summary>
public sealed class DismissAlertsTests
{
    private const string Body = "uninteresting";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dismiss_OneAndSeveral_GoesInEveryBrowserAndARefusalIsSaidInWords()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=3,seed=7") }, Token);
        var pool = simulator.Pools[0];
        await host.AddAsync(pool, Token);
        using var other = await RpcClient.LogInAsync(pool.HttpUrl, Token);
        foreach (var name in new[] { "BROKEN_ONE", "BROKEN_TWO", "BROKEN_THREE", "BROKEN_FOUR", "KEPT" })
            await RaiseAsync(other, pool, name);
        await SeenAsync(host, 5);
        await using var browser = await Browser.StartAsync();
        var ada = await browser.OpenAsync(host.Url + "/alerts?q=body:uninteresting");
        var bob = await browser.OpenAsync(host.Url + "/alerts?q=body:uninteresting", 390, 844);
        await Expect(Rows(ada)).ToHaveCountAsync(5);
        await Expect(Rows(bob)).ToHaveCountAsync(5);

        await Row(ada, "Broken one").GetByRole(AriaRole.Button).ClickAsync();
        await ada.GetByRole(AriaRole.Menuitem, new() { Name = "Dismiss" }).ClickAsync();
        // Nothing moves under the pointer, and it may be over the list when the row goes.
        await ada.Mouse.MoveAsync(700, 10);
        await Expect(Row(ada, "Broken one")).ToHaveCountAsync(0);
        await Expect(Row(bob, "Broken one")).ToHaveCountAsync(0);

        await Row(bob, "Broken two").GetByRole(AriaRole.Checkbox).CheckAsync();
        await Row(bob, "Broken three").GetByRole(AriaRole.Checkbox).CheckAsync();
        await bob.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await bob.Mouse.MoveAsync(200, 10);
        await Expect(Rows(ada)).ToHaveCountAsync(2);
        await Expect(Rows(bob)).ToHaveCountAsync(2);
        Assert.Equal(["BROKEN_FOUR", "KEPT"], await NamesAsync(other));

        // From here on nobody tells this server what happens; somebody else is quicker.
        pool.Misbehave(new Fault(FaultKind.Hang) { Method = "event.from" });
        await RaiseAsync(other, pool, "BROKEN_FIVE");
        await Expect(Row(ada, "Broken five")).ToHaveCountAsync(1);
        await other.CallAsync("message.destroy", Token, Message(host, "BROKEN_FOUR").Ref);
        await Row(ada, "Broken four").GetByRole(AriaRole.Button).ClickAsync();
        await ada.GetByRole(AriaRole.Menuitem, new() { Name = "Dismiss" }).ClickAsync();

        var notice = ada.GetByRole(AriaRole.Region, new() { Name = "Your actions" });
        await Expect(notice).ToContainTextAsync("Dismiss: failed");
        await Expect(notice.Locator("p")).ToContainTextAsync("no longer");
        await Expect(notice.Locator("p")).Not.ToContainTextAsync("HANDLE_INVALID");
    }

    /// <summary>Waits until this server knows of so many alerts of the test.</summary>
    private static async Task SeenAsync(ConsoleHost host, int count)
    {
        using var subscription = host.Store.Subscribe();
        var now = subscription.Present;
        while (now.Pools.Sum(p => p.All<XapiMessage>().Count(m => m.Body == Body)) < count)
            now = (await subscription.NextAsync(Token)).Now;
    }

    private static Task RaiseAsync(RpcClient client, SimulatedPool pool, string name) =>
        client.CallAsync("message.create", Token, name, 2, "Pool", pool.Uuid, Body);

    private static async Task<IEnumerable<string>> NamesAsync(RpcClient client) =>
        (await client.CallAsync("message.get_all_records", Token)).EnumerateObject().Select(m => m.Value.GetProperty("name").GetString()!)
            .Where(n => n.StartsWith("BROKEN", StringComparison.Ordinal) || n == "KEPT").Order(StringComparer.Ordinal);

    private static XapiMessage Message(ConsoleHost host, string name) => host.Store.Current.Pools.SelectMany(p => p.All<XapiMessage>()).Single(m => m.Name == name);

    private static ILocator Rows(IPage page) => page.Locator(".body .row");

    private static ILocator Row(IPage page, string text) => Rows(page).Filter(new() { HasText = text });
}
