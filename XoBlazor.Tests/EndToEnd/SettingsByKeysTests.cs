using Microsoft.Playwright;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// Two administrators in two browsers, on every page of the settings about people and rights: what one does, by keys alone, the other sees without loading
/// the page again; whatever takes something away is asked about first, with what it causes, and Escape changes nothing and gives the focus back.
/// </summary>
public sealed class SettingsByKeysTests : IAsyncLifetime
{
    private const int MostTabs = 150;
    private const string Enter = "Enter";

    private static readonly float s_patience = (float)Patience.Limit.TotalMilliseconds;

    private readonly TestServer _server = new TestServer().OnAPort();
    private Requester _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _admin = await _server.AdminAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task WhatTakesAway_ByKeysAlone_IsAskedAboutAndSeenByTheOther()
    {
        var acts = await ActsAsync();
        await using var browser = await Browser.StartAsync();
        var (one, other) = (await SignInAsync(browser, "first"), await SignInAsync(browser, "second"));

        foreach (var act in acts)
        {
            await GoAsync(one, act.Page);
            await SeeAsync(other, act.SeenOn ?? act.Page);
            await WaitAsync(other, act.Before, isThere: true, act);
            await AskAsync(one, act);
            await one.Keyboard.PressAsync("Escape");
            await WaitForDialogAsync(one, null, act);
            await WaitForFocusAsync(one, act);
            await WaitAsync(other, act.Before, isThere: true, act);

            await AskAsync(one, act);
            if (act.Typed is { } typed)
                await TypeAsync(one, $"Type {typed} to confirm", typed, act);
            await TabToAsync(one, act.Verb, act);
            await one.Keyboard.PressAsync("Enter");

            await WaitForDialogAsync(one, null, act);
            await (act.After is { } after ? WaitAsync(other, after, isThere: true, act) : WaitAsync(other, act.Before, isThere: false, act));
        }
    }

    [Fact]
    public async Task WhatGives_ByKeysAlone_IsSeenByTheOther()
    {
        await PeopleAsync();
        var ada = await MakeAsync("ada");
        var team = await _server.Get<GroupAdministration>().CreateAsync(_admin, "team", "", Token);
        (string Page, string Button, (string Field, string Keys)[] Fields, string Verb, string SeenOn, string Seen)[] forms =
        [
            ("/settings/users", "Create a user", [("Name", "carol"), ("Initial password", TestServer.Password)], "Create", "/settings/audit", "tr:has-text('Create user'):has-text('carol')"),
            ("/settings/groups", "Create a group", [("Name", "crew")], "Create", "/settings/groups", "tr:has-text('crew')"),
            ($"/settings/users/{ada}", "Edit", [("Display name*", "Ada Lovelace")], "Save", "/settings/users", "tr:has-text('Ada Lovelace')"),
            ($"/settings/groups/{team}", "Add a member", [("User", "ada"), ("ada*", Enter)], "Add", $"/settings/groups/{team}", "table[aria-label=Members] tr:has-text('ada')"),
            ("/settings/grants", "Give a role", [("Who", "team"), ("team*", Enter), ("Rule", "tags:prod")], "Give", "/settings/grants", "tr:has-text('team')"),
            ("/settings/roles/new", "", [("Name", "starter")], "Create", "/settings/roles", "tr:has-text('starter')"),
        ];
        await using var browser = await Browser.StartAsync();
        var (one, other) = (await SignInAsync(browser, "first"), await SignInAsync(browser, "second"));

        foreach (var (address, button, fields, verb, seenOn, seen) in forms)
        {
            await GoAsync(one, address);
            await SeeAsync(other, seenOn);
            await WaitAsync(other, seen, isThere: false, address);
            if (button.Length > 0)
            {
                await TabToAsync(one, button, address);
                await one.Keyboard.PressAsync("Enter");
                await WaitForDialogAsync(one, "", address);
                await one.Keyboard.PressAsync("Escape");
                await WaitForDialogAsync(one, null, address);
                Assert.Equal(button, (await FocusAsync(one)).Name);
                await one.Keyboard.PressAsync("Enter");
                await WaitForDialogAsync(one, "", address);
            }
            foreach (var (field, keys) in fields)
            {
                if (keys != Enter)
                {
                    await TypeAsync(one, field, keys, address);
                    continue;
                }
                await TabToAsync(one, field, address);
                await one.Keyboard.PressAsync(Enter);
            }
            await TabToAsync(one, verb, address);
            await one.Keyboard.PressAsync("Enter");

            await WaitAsync(other, seen, isThere: true, address);
        }
    }

    private static async Task AskAsync(IPage page, Act act)
    {
        if (!IsCalled((await FocusAsync(page)).Name, act.Button))
            await TabToAsync(page, act.Button, act);
        await page.Keyboard.PressAsync(act.Key);
        await WaitForDialogAsync(page, act.Consequence, act);
    }

    /// <summary>Every destructive act of these pages, with what it says before and what the other sees then.</summary>
    private async Task<IReadOnlyList<Act>> ActsAsync()
    {
        await PeopleAsync();
        var (groups, grants) = (_server.Get<GroupAdministration>(), _server.Get<GrantAdministration>());
        var (ada, bob) = (await MakeAsync("ada"), await MakeAsync("bob"));
        var team = await groups.CreateAsync(_admin, "team", "", Token);
        await groups.AddMemberAsync(_admin, team, ada, Token);
        await grants.AddAsync(_admin, SubjectKind.Group, team, Role.Viewer.Id, AccessScope.Everything.Instance, Token);
        await grants.AddAsync(_admin, SubjectKind.User, bob, Role.Operator.Id, AccessScope.Everything.Instance, Token);
        var starter = await _server.Get<RoleAdministration>().CreateAsync(_admin, "starter", "", ["vm.start"], Token);
        var settings = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "nowhere", "dc=example,dc=test", "ldaps://127.0.0.1:9") with { ServiceAccount = "cn=reader" };
        await _server.Get<DirectoryAdministration>().SaveAsync(_admin, settings, "secret", Token);
        foreach (var (name, account, of) in (IEnumerable<(string, Guid, string)>)[("robot", ada, "ada"), ("spare", bob, "bob")])
        {
            await _server.Get<ApiTokens>().CreateAsync(new(new(AccessPolicyFeed.Text(account), of), "console"), account, name, TimeSpan.FromDays(1), null, Token);
            using var browser = _server.Browser();
            await browser.SignInAsAsync(of, TestServer.Password);
        }
        await _server.EnrolAsync("ada");

        const string Sessions = "table[aria-label=Sessions] tbody tr";
        const string Enable = "main button:text-is('Enable')";
        return
        [
            new($"/settings/users/{ada}", "Revoke robot", "Programs that sign in with this token are refused", "Revoke", "tr:has-text('robot')"),
            new($"/settings/users/{ada}", "Sign out everywhere", "every open page of ada end at once", "Sign out", Sessions),
            new($"/settings/users/{ada}", "Reset the second factor", "stop working", "Reset", "main button:text-is('Reset the second factor')"),
            new($"/settings/users/{ada}", "Disable", "ada cannot sign in", "Disable", "main button:text-is('Disable')") { After = Enable },
            new($"/settings/users/{bob}", "End the session from*", "is signed out at once", "End", Sessions),
            new("/settings/sessions", "Revoke spare", "of bob are refused", "Revoke", "tr:has-text('spare')"),
            new($"/settings/groups/{team}", "Remove ada from team", "loses what the group was given", "Remove", "table[aria-label=Members] tr:has-text('ada')"),
            new("/settings/grants", "Remove Viewer on*", "Open pages lose", "Remove", "tr:has-text('team')"),
            new($"/settings/groups/{team}", "Delete", "There is no way back", "Delete", "tr:has-text('team')") { Typed = "team", SeenOn = "/settings/groups" },
            new($"/settings/roles/{starter}", "Second factor*", "whoever has it", "Change", "#role-factor option:checked:has-text('Not needed')") { Key = "ArrowDown", After = "#role-factor option:checked:has-text('Authenticator')" },
            new($"/settings/roles/{starter}", "Delete", "The role goes for good", "Delete", "tr:has-text('starter')") { Typed = "starter", SeenOn = "/settings/roles" },
            new($"/settings/directories/{settings.Id}", "Disable", "Nobody signs in through nowhere", "Disable", "main button:text-is('Disable')") { After = Enable },
            new($"/settings/directories/{settings.Id}", "Remove", "are removed with their grants", "Remove", "tr:has-text('nowhere')") { Typed = "nowhere", SeenOn = "/settings/directories" },
            new($"/settings/users/{bob}", "Delete", "There is no way back", "Delete", "tr:has-text('bob')") { Typed = "bob", SeenOn = "/settings/users" },
        ];
    }

    private async Task PeopleAsync()
    {
        foreach (var name in (string[])["first", "second"])
            await _server.Get<GrantAdministration>().AddAsync(_admin, SubjectKind.User, await MakeAsync(name), Role.Administrator.Id, AccessScope.Everything.Instance, Token);
    }

    private Task<Guid> MakeAsync(string name) => _server.Get<UserAdministration>().CreateAsync(_admin, new(name, TestServer.Password, MustChangePassword: false), Token);

    private async Task<IPage> SignInAsync(Browser browser, string name)
    {
        var page = await browser.OpenAsync(new Uri(_server.Address!, "/sign-in").AbsoluteUri);
        await page.SignInAsync(name, TestServer.Password);
        await CircuitFace.OpenedAsync(page);
        return page;
    }

    /// <summary>Goes there within the circuit, never by loading; by way of nowhere, so that a page is never the one before it with other ids.</summary>
    private static async Task SeeAsync(IPage page, string address)
    {
        if (new Uri(page.Url).PathAndQuery == address)
            return;
        await CircuitFace.GoAsync(page, "/not-found");
        await CircuitFace.GoAsync(page, address);
    }

    /// <summary>The same for whoever acts there: the keys begin at the page's heading.</summary>
    private static async Task GoAsync(IPage page, string address)
    {
        if (new Uri(page.Url).PathAndQuery == address)
            return;
        await SeeAsync(page, address);
        await page.WaitForFunctionAsync("() => document.activeElement?.tagName === 'H1'");
    }

    /// <summary>The focus goes from one stop to the next until it is there, and can be seen at it.</summary>
    private static async Task TabToAsync(IPage page, string name, object act)
    {
        var passed = new List<string>();
        while (passed.Count < MostTabs)
        {
            await page.Keyboard.PressAsync("Tab");
            var (at, isSeen) = await FocusAsync(page);
            passed.Add(at);
            if (!IsCalled(at, name))
                continue;
            Assert.True(isSeen, $"{act}: nobody sees that the focus is at {name}");
            return;
        }
        Assert.Fail($"{act}: the keys do not reach '{name}', only {string.Join(" · ", passed)}");
    }

    /// <summary>Types into a field, until it holds what was typed: a dialog may move the focus once more while it opens.</summary>
    private static async Task TypeAsync(IPage page, string field, string text, object act)
    {
        using var patience = Patience.Source();
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            if (!IsCalled((await FocusAsync(page)).Name, field))
                await TabToAsync(page, field, act);
            await page.Keyboard.PressAsync("Control+A");
            await page.Keyboard.TypeAsync(text);
        }
        while (!IsCalled((await FocusAsync(page)).Name, field) || await page.EvaluateAsync<string>("() => document.activeElement.value") != text);
    }

    private static async Task<(string Name, bool IsSeen)> FocusAsync(IPage page)
    {
        var told = await page.EvaluateAsync<string[]>("""
            () => {
                const at = document.activeElement, style = getComputedStyle(at);
                const name = at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || '';
                const isSeen = at.matches(':focus-visible') && (style.outlineStyle !== 'none' || style.boxShadow !== 'none');
                return [name.trim().replace(/\s+/g, ' '), `${isSeen}`];
            }
            """);
        return (told[0], told[1] == "true");
    }

    private static async Task WaitForFocusAsync(IPage page, Act act)
    {
        using var patience = Patience.Source();
        while (!IsCalled((await FocusAsync(page)).Name, act.Button))
        {
            if (patience.IsCancellationRequested)
                Assert.Fail($"{act}: Escape gives the focus to '{(await FocusAsync(page)).Name}'");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <param name="words">What it has to say; null for none at all.</param>
    private static async Task WaitForDialogAsync(IPage page, string? words, object act)
    {
        var dialog = page.Locator("[role=dialog]");
        try
        {
            await (words is null ? Assertions.Expect(dialog).ToHaveCountAsync(0, new() { Timeout = s_patience }) : dialog.Filter(new() { HasText = words }).WaitForAsync());
        }
        catch (Exception problem) when (problem is TimeoutException or PlaywrightException)
        {
            Assert.Fail($"{act}: {(words is null ? "a dialog stays" : $"no dialog says '{words}'")}. {await page.Locator("body").InnerTextAsync()}");
        }

        // The focus is in it before the next key is pressed.
        if (words is not null)
            await page.WaitForFunctionAsync("() => document.activeElement?.closest('[role=dialog], .mud-dialog, .mud-dialog-container')");
    }

    private static async Task WaitAsync(IPage page, string selector, bool isThere, object act)
    {
        try
        {
            await page.Locator(selector).First.WaitForAsync(new() { State = isThere ? WaitForSelectorState.Attached : WaitForSelectorState.Detached });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{act}: the other {(isThere ? "never sees" : "still sees")} {selector} on {page.Url}: {await page.Locator("main").InnerTextAsync()}");
        }
    }

    private static bool IsCalled(string at, string name) => name.EndsWith('*') ? at.StartsWith(name[..^1], StringComparison.Ordinal) : at == name;

    /// <param name="Page">Where it is done.</param>
    /// <param name="Button">What the keys go to; with a star at its end, how that begins.</param>
    /// <param name="Consequence">Of what it causes, before it is done.</param>
    /// <param name="Verb">What the button of the question says.</param>
    /// <param name="Before">What the other sees until it is done.</param>
    private sealed record Act(string Page, string Button, string Consequence, string Verb, string Before)
    {
        /// <summary>What is pressed there.</summary>
        public string Key { get; init; } = "Enter";

        /// <summary>What has to be typed.</summary>
        public string? Typed { get; init; }

        /// <summary>Where the other looks; the same page when not said.</summary>
        public string? SeenOn { get; init; }

        /// <summary>What the other sees once it was done; null when the other only sees no more what was there before.</summary>
        public string? After { get; init; }

        public override string ToString() => $"{Button} on {Page}";
    }
}
