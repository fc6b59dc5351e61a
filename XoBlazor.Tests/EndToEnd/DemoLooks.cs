using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// The demo as people see it, with accounts, a living pool and the content policy of the product. XOBLAZOR_LOOKS names a folder for
/// its pictures; XOBLAZOR_LOOK_AT (addresses, separated by spaces) looks at those instead.
/// </summary>
public sealed partial class DemoLooks
{
    private static readonly string[] s_addresses = ["/", "/vms", "/hosts", "/pools", "/storage", "/networks", "/tasks", "/alerts", "/journal", "/settings/pools",
        "/settings/users", "/settings/groups", "/settings/roles", "/settings/roles/operator", "/settings/roles/new?from=viewer", "/settings/grants", "/settings/audit", "/settings/audit?record=1", "/settings/access"];

    [Fact]
    public async Task Demo_SignedIn_EveryPageIsWholeQuietAndAccessible()
    {
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0");
        var address = await server.ReadyAsync();
        var password = Password().Match(await server.LineAsync(text => text.StartsWith("Demo: ", StringComparison.Ordinal))).Groups[1].Value;
        await using var browser = await Browser.StartAsync();
        var addresses = Environment.GetEnvironmentVariable("XOBLAZOR_LOOK_AT") is { Length: > 0 } chosen ? chosen.Split(' ') : s_addresses;
        var problems = new List<string>();

        foreach (var view in View.All)
        {
            var page = await browser.OpenAsync("about:blank", view.Width, view.Height, view.IsDark);
            var watch = PageWatch.On(page);
            await new Station("sign-in", "/sign-in").GoAsync(page, address.GetLeftPart(UriPartial.Authority));
            await LookAsync("sign-in", page, watch, view, problems);
            await SignInAsync(page, password);
            foreach (var path in addresses)
            {
                await new Station(path, path).GoAsync(page, address.GetLeftPart(UriPartial.Authority));
                await LookAsync(path, page, watch, view, problems);
            }

            await page.CloseAsync();
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    private static async Task LookAsync(string name, IPage page, PageWatch watch, View view, List<string> problems)
    {
        await Pictures.TakeAsync(page, $"demo-{name.Trim('/').Replace('/', '_').Replace('?', '_')}-{view}");
        problems.AddRange([.. watch.Take().Concat(await Station.TooWideAsync(page)).Concat(await Axe.ProblemsAsync(page)).Select(p => $"{name} at {view}: {p}")]);
    }

    private static async Task SignInAsync(IPage page, string password)
    {
        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
    }

    [GeneratedRegex("password ([a-z0-9-]+)")]
    private static partial Regex Password();
}
