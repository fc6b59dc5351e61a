using Microsoft.Playwright;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// The demo as people see it, with accounts, a living pool and the content policy of the product: an administrator, somebody who may do little, and
/// whoever is on the way in. XOBLAZOR_LOOKS names a folder for its pictures; XOBLAZOR_LOOK_AT (addresses, separated by spaces) looks at those instead.
/// </summary>
public sealed class DemoLooks
{
    private static readonly string s_long = new('w', 100);

    private static readonly string[] s_addresses = ["/", "/vms", "/hosts", "/pools", "/storage", "/isos", "/networks", "/transfers", "/tasks", "/alerts", "/journal", "/profile", "/plugins", "/settings/pools",
        "/settings/users", "/settings/groups", "/settings/roles", "/settings/roles/operator", "/settings/roles/new?from=viewer", "/settings/grants", "/settings/sessions", "/settings/directories", "/settings/cloud-init", "/settings/updates", "/settings/plugins", "/settings/notifications",
        "/settings/directories/new?kind=OpenLdap", "/settings/audit", "/settings/audit?record=1", "/settings/access", "/settings/users/00000000-0000-0000-0000-000000000001",
        "/not-found", "/vms/no-pool/no-vm"];

    private static readonly string[] s_narrow = ["/", "/vms", "/vms/new", "/hosts", "/storage", "/isos", "/transfers", "/journal", "/profile", "/settings/access", "/settings/users"];

    [Fact]
    public async Task Demo_SignedIn_EveryPageIsWholeQuietAndAccessible()
    {
        await using var tour = await DemoTour.StartAsync();
        var setUp = await tour.OpenSignInAsync(View.All[0]);
        await tour.SignInAsAdminAsync(setUp);
        var user = await tour.MakeUserAsync(setUp, s_long);
        await tour.MakeUserAsync(setUp, "newcomer", mustChange: true);

        foreach (var view in View.All)
        {
            var admin = await tour.OpenAsync(view);
            await tour.LookAsync(admin, view, new Station("sign-in", "/sign-in"), new Station("expired", "/sign-in/prove"));
            await tour.SignInAsAdminAsync(admin);
            await tour.LookAsync(admin, view, Chosen(s_addresses).Concat(Opened(user)));

            var newcomer = await tour.OpenSignInAsync(view);
            await newcomer.SignInAsync("newcomer", DemoTour.Given);
            await tour.LookAsync(newcomer, view, new Station("new-password", "/sign-in/password"));

            var narrow = await tour.OpenSignInAsync(view);
            await DemoTour.SignInAsync(narrow, s_long, DemoTour.Given);
            await tour.LookAsync(narrow, view, Chosen(s_narrow));
            foreach (var page in new[] { admin, newcomer, narrow })
                await page.CloseAsync();
        }

        tour.AssertNothingIsWrong();
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
        yield return new("updates-catalogue", "/settings/updates", page => ByKeysAsync(page, "Upload a catalogue"));
        yield return new("updates-reach", "/settings/updates", page => ByKeysAsync(page, "Edit"));
        yield return new("audit-person", "/settings/audit", async page =>
        {
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Person" }).FillAsync("w");
            await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        });
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
}
