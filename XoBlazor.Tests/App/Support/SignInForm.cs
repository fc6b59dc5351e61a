using Microsoft.Playwright;

namespace XoBlazor.Tests.App.Support;

/// <summary>The sign-in page as a person uses it.</summary>
internal static class SignInForm
{
    /// <summary>Fills the form in and sends it; what comes then is the caller's to wait for.</summary>
    public static async Task SignInAsync(this IPage page, string name, string password)
    {
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
