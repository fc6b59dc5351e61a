using Microsoft.Playwright;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>The demo as a process of its own and a browser to walk through it, noting what is wrong with what is seen.</summary>
internal sealed class DemoTour : IAsyncDisposable
{
    /// <summary>The password of everybody the tour makes.</summary>
    public const string Given = "plum harbour velvet 77";

    private readonly TempFolder _folder;
    private readonly ServerProcess _server;
    private readonly string _password;
    private readonly List<string> _problems = [];

    private DemoTour(TempFolder folder, ServerProcess server, Browser browser, string root, string password) =>
        (_folder, _server, Browser, Root, _password) = (folder, server, browser, root, password);

    public Browser Browser { get; }

    /// <summary>By name: a passkey belongs to a name, never to an address.</summary>
    public string Root { get; }

    public string Database => _folder.File("xo-blazor.db");

    public static async Task<DemoTour> StartAsync()
    {
        var folder = new TempFolder();
        var server = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0");
        var root = new UriBuilder(await server.ReadyAsync()) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority);
        var password = await server.DemoPasswordAsync();
        return new(folder, server, await Browser.StartAsync(), root, password);
    }

    public Task<IPage> OpenAsync(View view) => Browser.OpenAsync("about:blank", view.Width, view.Height, view.IsDark);

    public Task<IPage> OpenSignInAsync(View view) => Browser.OpenAsync(Root + "/sign-in", view.Width, view.Height, view.IsDark);

    public Task SignInAsAdminAsync(IPage page) => SignInAsync(page, "admin", _password);

    public static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.SignInAsync(name, password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
    }

    public async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync(Root + "/sign-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");
    }

    /// <summary>Returns the path of the user's page.</summary>
    public async Task<string> MakeUserAsync(IPage page, string name, bool mustChange = false)
    {
        await page.GotoAsync(Root + "/settings/users");
        await PressAsync(page, "Create a user");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Initial password").FillAsync(Given);
        if (!mustChange)
            await page.GetByLabel("To be changed at the first sign-in").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/settings/users/*-*");
        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>Gives the user whose page is open a role on the VMs that a rule matches.</summary>
    public static async Task GiveAsync(IPage page, string role, string rule)
    {
        await PressAsync(page, "Give a role");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Role").SelectOptionAsync(new SelectOptionValue { Label = role });
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Rule" }).FillAsync(rule);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>Presses what opens a dialog, and waits until it has taken the focus: what is typed then stays where it is typed.</summary>
    public static async Task PressAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await OpenedAsync(page.GetByRole(AriaRole.Dialog));
    }

    public static async Task OpenedAsync(ILocator dialog)
    {
        await dialog.WaitForAsync();
        await Expect(dialog.Page.Locator("[role=dialog]:focus, [role=dialog] :focus")).ToHaveCountAsync(1);
    }

    /// <summary>Goes to each place in turn and looks at it.</summary>
    public async Task LookAsync(IPage page, View view, params IEnumerable<Station> stations)
    {
        var watch = PageWatch.On(page);
        foreach (var station in stations)
        {
            await station.GoAsync(page, Root);
            await LookAsync(page, view, station.Name, watch);
        }
    }

    /// <summary>Looks at what is open, once it has come to rest.</summary>
    public async Task LookAtAsync(IPage page, View view, string name)
    {
        await Station.RestAsync(page);
        await LookAsync(page, view, name, null);
    }

    /// <summary>Fails with all that was wrong.</summary>
    public void AssertNothingIsWrong() => Assert.True(_problems.Count == 0, string.Join("\n", _problems));

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task LookAsync(IPage page, View view, string name, PageWatch? watch)
    {
        await Pictures.TakeAsync(page, $"demo-{name.Trim('/').Replace('/', '_').Replace('?', '_')}-{view}");
        // A step that is not due, or a page that is not there, is told by its status too.
        var said = watch?.Take().Where(complaint => !complaint.Contains("the server responded with a status of 40", StringComparison.Ordinal)).ToList() ?? [];
        _problems.AddRange([.. said.Concat(await Station.TooWideAsync(page)).Concat(await Station.CutAsync(page)).Concat(await Axe.ProblemsAsync(page)).Select(p => $"{name} at {view}: {p}")]);
    }
}
