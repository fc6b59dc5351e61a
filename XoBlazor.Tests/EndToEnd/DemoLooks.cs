using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// The demo as people see it, with accounts, a living pool and the content policy of the product: an administrator, somebody who may do little, and
/// whoever is on the way in. XOBLAZOR_LOOKS names a folder for its pictures; XOBLAZOR_LOOK_AT (addresses, separated by spaces) looks at those instead.
/// </summary>
public sealed partial class DemoLooks
{
    private const string Given = "plum harbour velvet 77";

    private static readonly string s_long = new('w', 100);

    private static readonly string[] s_addresses = ["/", "/vms", "/hosts", "/pools", "/storage", "/networks", "/tasks", "/alerts", "/journal", "/profile", "/settings/pools",
        "/settings/users", "/settings/groups", "/settings/roles", "/settings/roles/operator", "/settings/roles/new?from=viewer", "/settings/grants", "/settings/directories",
        "/settings/directories/new?kind=OpenLdap", "/settings/audit", "/settings/audit?record=1", "/settings/access", "/settings/users/00000000-0000-0000-0000-000000000001",
        "/not-found", "/vms/no-pool/no-vm"];

    private static readonly string[] s_narrow = ["/", "/vms", "/hosts", "/storage", "/journal", "/profile", "/settings/access", "/settings/users"];

    [Fact]
    public async Task Demo_SignedIn_EveryPageIsWholeQuietAndAccessible()
    {
        SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0");
        var root = (await server.ReadyAsync()).GetLeftPart(UriPartial.Authority);
        var password = Password().Match(await server.LineAsync(text => text.StartsWith("Demo: ", StringComparison.Ordinal))).Groups[1].Value;
        await using var browser = await Browser.StartAsync();
        var setUp = await browser.OpenAsync(root + "/sign-in");
        await SignInAsync(setUp, "admin", password);
        var user = await MakeAsync(setUp, root, s_long, mustChange: false);
        await MakeAsync(setUp, root, "newcomer", mustChange: true);
        var problems = new List<string>();

        foreach (var view in View.All)
        {
            var admin = await browser.OpenAsync("about:blank", view.Width, view.Height, view.IsDark);
            await LookAsync(admin, root, view, [new("sign-in", "/sign-in"), new("expired", "/sign-in/prove")], problems);
            await SignInAsync(admin, "admin", password);
            await LookAsync(admin, root, view, Chosen(s_addresses).Concat(Opened(user)), problems);

            var newcomer = await browser.OpenAsync(root + "/sign-in", view.Width, view.Height, view.IsDark);
            await EnterAsync(newcomer, "newcomer", Given);
            await LookAsync(newcomer, root, view, [new("new-password", "/sign-in/password")], problems);

            var narrow = await browser.OpenAsync(root + "/sign-in", view.Width, view.Height, view.IsDark);
            await SignInAsync(narrow, s_long, Given);
            await LookAsync(narrow, root, view, Chosen(s_narrow), problems);
            foreach (var page in new[] { admin, newcomer, narrow })
                await page.CloseAsync();
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    private static IEnumerable<Station> Chosen(string[] addresses) =>
        (Environment.GetEnvironmentVariable("XOBLAZOR_LOOK_AT") is { Length: > 0 } chosen ? chosen.Split(' ') : addresses).Select(path => new Station(path, path));

    /// <summary>What opens over the pages, and the pages of what was made.</summary>
    private static IEnumerable<Station> Opened(string user)
    {
        yield return new("user", user);
        yield return new("user-delete", user, page => ByKeysAsync(page, "Delete"));
        yield return new("user-create", "/settings/users", page => ByKeysAsync(page, "Create a user"));
        yield return new("group-create", "/settings/groups", page => ByKeysAsync(page, "Create a group"));
        yield return new("grant-give", "/settings/grants", page => ByKeysAsync(page, "Give a role"));
    }

    private static async Task PressAsync(IPage page, string button)
    {
        var (opener, dialog) = (page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }), page.GetByRole(AriaRole.Dialog));
        await opener.ClickAsync();
        await dialog.WaitForAsync();
    }

    /// <summary>By keys alone: a dialog begins in its first field, and whoever leaves it is back where it was opened.</summary>
    private static async Task ByKeysAsync(IPage page, string button)
    {
        var (opener, dialog) = (page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }), page.GetByRole(AriaRole.Dialog));
        // The page gives the focus to its heading first.
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator("input").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator("input").First).ToBeFocusedAsync();
    }

    private static async Task LookAsync(IPage page, string root, View view, IEnumerable<Station> stations, List<string> problems)
    {
        var watch = PageWatch.On(page);
        foreach (var station in stations)
        {
            await station.GoAsync(page, root);
            await Pictures.TakeAsync(page, $"demo-{station.Name.Trim('/').Replace('/', '_').Replace('?', '_')}-{view}");
            // A step that is not due, or a page that is not there, is told by its status too.
            var said = watch.Take().Where(complaint => !complaint.Contains("the server responded with a status of 40", StringComparison.Ordinal)).ToList();
            problems.AddRange([.. said.Concat(await Station.TooWideAsync(page)).Concat(await Station.CutAsync(page)).Concat(await Axe.ProblemsAsync(page)).Select(p => $"{station.Name} at {view}: {p}")]);
        }
    }

    /// <summary>Returns the path of the user's page.</summary>
    private static async Task<string> MakeAsync(IPage page, string root, string name, bool mustChange)
    {
        await page.GotoAsync(root + "/settings/users");
        await PressAsync(page, "Create a user");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Initial password").FillAsync(Given);
        if (!mustChange)
            await page.GetByLabel("To be changed at the first sign-in").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/settings/users/*-*");
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await EnterAsync(page, name, password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
    }

    private static async Task EnterAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    [GeneratedRegex("password ([a-z0-9-]+)")]
    private static partial Regex Password();
}
