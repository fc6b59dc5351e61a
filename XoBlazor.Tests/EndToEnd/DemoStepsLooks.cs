using Microsoft.Playwright;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Accounts.Steps;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>Second factors as people meet them: asked for by a role on the way in, kept, proven, and added on the profile. XOBLAZOR_LOOKS names a folder for pictures.</summary>
public sealed class DemoStepsLooks
{
    [Fact]
    public async Task SecondFactors_FromEnrolmentToProof_AreWholeQuietAndAccessible()
    {
        await using var tour = await DemoTour.StartAsync();
        var setUp = await tour.OpenSignInAsync(View.All[0]);
        await tour.SignInAsAdminAsync(setUp);
        foreach (var view in View.All)
        {
            await tour.MakeUserAsync(setUp, NameFor(view));
            await DemoTour.GiveAsync(setUp, Role.Viewer.Name, "name_label:*");
        }

        PasskeyBrowserTests.Require(tour.Database, Role.Viewer.Id, SecondFactor.Any);

        foreach (var view in View.All)
        {
            var page = await tour.OpenSignInAsync(view);
            await PasskeyBrowserTests.AuthenticatorAsync(page);
            var codes = await EnrolAsync(tour, page, view);
            await AddPasskeyAsync(tour, page, view);
            await ProveAsync(tour, page, view, codes[0]);
            await page.CloseAsync();
        }

        tour.AssertNothingIsWrong();
    }

    private static string NameFor(View view) => $"ada-{view}";

    /// <summary>Ends signed in. Returns the recovery codes.</summary>
    private static async Task<IReadOnlyList<string>> EnrolAsync(DemoTour tour, IPage page, View view)
    {
        await page.SignInAsync(NameFor(view), DemoTour.Given);
        await Expect(page).ToHaveURLAsync(tour.Root + SignInPages.EnrolPath);
        await tour.LookAtAsync(page, view, "step-enrol");
        await page.GetByLabel("Code that the app shows").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the app" }).ClickAsync();
        await Expect(page.Locator("main > .problem")).ToContainTextAsync("This code is not the one");
        await tour.LookAtAsync(page, view, "step-enrol-wrong");

        var key = (await page.Locator(".secret code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Code that the app shows").FillAsync(Totp.Code(key, TimeProvider.System.GetUtcNow()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the app" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(tour.Root + SignInPages.CodesPath);
        await tour.LookAtAsync(page, view, "step-codes");
        var codes = await page.Locator(".codes code").AllInnerTextsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have saved them" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        return codes;
    }

    private static async Task AddPasskeyAsync(DemoTour tour, IPage page, View view)
    {
        await page.GotoAsync(tour.Root + "/profile");
        await DemoTour.PressAsync(page, "Passkey");
        await tour.LookAtAsync(page, view, "profile-password-again");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Password").FillAsync(DemoTour.Given);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(tour.Root + OwnPasskeyEndpoints.Path);
        await tour.LookAtAsync(page, view, "profile-passkey");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(tour.Root + "/profile");
        var factors = page.GetByRole(AriaRole.Table, new() { Name = "Second factors" });
        await Expect(factors.GetByRole(AriaRole.Button)).ToHaveCountAsync(2);
        await factors.ScrollIntoViewIfNeededAsync();
        await tour.LookAtAsync(page, view, "profile-factors");
    }

    private static async Task ProveAsync(DemoTour tour, IPage page, View view, string recoveryCode)
    {
        await tour.SignOutAsync(page);
        await page.SignInAsync(NameFor(view), DemoTour.Given);
        await Expect(page).ToHaveURLAsync(tour.Root + SignInPages.ProvePath);
        await tour.LookAtAsync(page, view, "step-prove");
        await page.Locator("#code").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.Locator("main > .problem")).ToContainTextAsync("This code is not right");
        await tour.LookAtAsync(page, view, "step-prove-wrong");

        await page.Locator("#code").FillAsync(recoveryCode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
    }
}
