using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>People and rights as they are given in the console, with two browsers on one server.</summary>
public sealed partial class SettingsTests
{
    private const string Rule = "name_label:web*";

    private static readonly string[] s_settings =
        ["pools", "users", "users/00000000-0000-0000-0000-000000000001", "groups", "groups/00000000-0000-0000-0000-000000000001", "roles", "roles/operator", "roles/new", "grants", "updates", "audit"];

    [Fact]
    public async Task Administrator_MakesAUserAndGivesARule_UserSeesThoseVmsAndNoSettings()
    {
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0");
        var root = (await server.ReadyAsync()).GetLeftPart(UriPartial.Authority);
        var password = await server.DemoPasswordAsync();
        await using var browser = await Browser.StartAsync();
        var admin = await SignInAsync(browser, root, "admin", password);

        var given = await MakeAsync(admin, root);
        var matches = await GiveAsync(admin);
        await admin.GotoAsync(root + "/settings/audit");
        await admin.WaitForSelectorAsync("tr:has-text('Give role'):has-text('grace'):has-text('Succeeded')");
        var grace = await SignInAsync(browser, root, "grace", given);
        await grace.GotoAsync(root + "/vms");

        await Expect(grace.Locator(".body [role=row]")).ToHaveCountAsync(int.Parse(Count().Match(matches).Value, CultureInfo.InvariantCulture));
        foreach (var page in s_settings)
        {
            await grace.GotoAsync($"{root}/settings/{page}");
            await grace.GetByText("This is not for you").WaitForAsync();
        }
    }

    private static async Task<string> MakeAsync(IPage page, string root)
    {
        await page.GotoAsync(root + "/settings/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create a user" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("grace");
        await page.GetByRole(AriaRole.Button, new() { Name = "Generate" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the password" }).WaitForAsync();
        var password = await page.GetByLabel("Initial password").InputValueAsync();
        await page.GetByLabel("To be changed at the first sign-in").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/settings/users/*-*");
        return password;
    }

    /// <summary>Returns what the dialog said the rule matches.</summary>
    private static async Task<string> GiveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Give a role" }).ClickAsync();
        await page.GetByLabel("Rule", new() { Exact = true }).FillAsync(Rule);
        var matches = await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Matches " }).TextContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        await page.GetByText($"VMs with {Rule}").WaitForAsync();
        return matches!;
    }

    private static async Task<IPage> SignInAsync(Browser browser, string root, string name, string password)
    {
        var page = await browser.OpenAsync(root + "/sign-in");
        await page.SignInAsync(name, password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        return page;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Count();
}
