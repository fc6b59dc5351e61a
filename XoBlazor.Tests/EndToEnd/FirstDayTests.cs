using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>An administrator's first day, from the published file's first start, in a real browser against a simulated pool.</summary>
public sealed partial class FirstDayTests
{
    private const string Name = "ada";
    private const string Password = "four words make one";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstDay_SetUpAddPoolStartVmTravelBack_AllIsSeenLive()
    {
        using var folder = new TempFolder();
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Pools = PoolSource.Make("pools=1,hosts=2,vms=12,seed=7"), Pool = new PoolOptions { Password = "pool secret" } }, Token);
        var pool = simulator.Pools[0];
        await using var server = PublishedFile.Launch(folder);
        var address = await server.ReadyAsync();
        var setUp = SetUpLink().Match(await server.LineAsync(line => SetUpLink().IsMatch(line))).Value;
        await using var chromium = await Browser.StartAsync();

        var ada = await chromium.OpenAsync(setUp);
        await SetUpAsync(ada);
        await SignInAsync(ada, address);
        await AddPoolAsync(ada, pool);
        var vm = await OpenHaltedVmAsync(ada, address);

        var second = await chromium.OpenAsync(address.AbsoluteUri, width: 390, height: 844, dark: true);
        await SignInAsync(second, address);
        await second.GotoAsync(ada.Url);
        await Expect(second.Locator("article header")).ToContainTextAsync("Halted");

        var before = TimeProvider.System.GetUtcNow();
        await ada.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(ada.Locator("article header")).ToContainTextAsync("Running");
        await Expect(second.Locator("article header")).ToContainTextAsync("Running");

        await ada.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        await Expect(ada.Locator(".timeline")).ToContainTextAsync("Power state");
        await Expect(ada.Locator(".timeline")).ToContainTextAsync($"{Name}: Start");

        await ada.GotoAsync($"{vm}?at={before.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}");
        await Expect(ada.GetByRole(AriaRole.Region, new() { Name = "Time travel" })).ToContainTextAsync("As of");
        await Expect(ada.Locator("article header")).ToContainTextAsync("Halted");
        await Expect(ada.GetByRole(AriaRole.Region, new() { Name = "Changed since" })).ToContainTextAsync("Power state");
        await Expect(ada.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true })).ToHaveAttributeAsync("aria-disabled", "true");

        await ada.GetByRole(AriaRole.Link, new() { Name = "VMs" }).First.ClickAsync();
        await Expect(ada).ToHaveURLAsync(ListInThePast());
        await Expect(ada.Locator(".row").Filter(new() { HasText = "Halted" }).First).ToBeVisibleAsync();

        await ada.Keyboard.PressAsync("n");
        await Expect(ada.GetByRole(AriaRole.Region, new() { Name = "Time travel" })).ToBeHiddenAsync();
    }

    private static async Task SetUpAsync(IPage page)
    {
        await page.GetByLabel("User name").FillAsync(Name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Password, once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");
    }

    private static async Task SignInAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.AbsoluteUri);
        await page.SignInAsync(Name, Password);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
    }

    /// <summary>From the overview of a new server: adds a pool whose password is <c>pool secret</c>, its certificate compared.</summary>
    internal static async Task AddPoolAsync(IPage page, SimulatedPool pool)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a pool" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a pool" }).First.ClickAsync();
        await page.GetByLabel("Address").FillAsync($"{pool.HttpsUrl.Host}:{pool.HttpsUrl.Port}");
        await page.GetByLabel("User", new() { Exact = true }).FillAsync(pool.User);
        await page.GetByLabel("Password").FillAsync("pool secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();

        var question = page.GetByRole(AriaRole.Region, new() { Name = "Certificate to confirm" });
        await Expect(question).ToContainTextAsync(pool.Hosts.Single(h => h.IsCoordinator).CertificateFingerprint);
        await page.GetByRole(AriaRole.Button, new() { Name = "The fingerprint is right" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("Connected");
    }

    /// <summary>Finds a VM that does not run in the live list and opens it; returns its address.</summary>
    private static async Task<string> OpenHaltedVmAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address + "vms");
        await page.Locator(".row").Filter(new() { HasText = "Halted" }).First.Locator("a").First.ClickAsync();
        await Expect(page.Locator("article header")).ToContainTextAsync("Halted");
        return page.Url;
    }

    [GeneratedRegex(@"/vms\?at=")]
    private static partial Regex ListInThePast();

    [GeneratedRegex(@"https?://\S+/set-up\?code=\S+")]
    private static partial Regex SetUpLink();
}
