using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.App.Accounts.Steps;

/// <summary>A passkey from Chromium's virtual authenticator: enrolled because the role asks for one, and asked from then on.</summary>
public sealed class PasskeyBrowserTests
{
    [Fact]
    public async Task Passkey_AskedForByTheRole_IsEnrolledAndSignsInAgain()
    {
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        Require(folder.File("xo-blazor.db"), Role.Administrator.Id, SecondFactor.Passkey);
        await using var browser = await Browser.StartAsync();
        // A passkey belongs to a name, never to an address.
        var home = new UriBuilder(address) { Host = "localhost" }.Uri;
        var page = await browser.OpenAsync(new Uri(home, "/sign-in").ToString());
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) => Note(complaints, message);
        await AuthenticatorAsync(page);

        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await page.WaitForURLAsync("**" + SignInPages.EnrolPath);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**" + SignInPages.CodesPath);
        Assert.Equal(10, await page.GetByRole(AriaRole.Listitem).CountAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "I have saved them" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        await page.GotoAsync(new Uri(home, "/sign-out").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await page.WaitForURLAsync("**" + SignInPages.ProvePath);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();

        Assert.Empty(complaints);
    }

    /// <summary>Gives the page's browser a device that makes and proves passkeys without asking.</summary>
    internal static async Task AuthenticatorAsync(IPage page)
    {
        var protocol = await page.Context.NewCDPSessionAsync(page);
        await protocol.SendAsync("WebAuthn.enable");
        await protocol.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>Has a role ask for a second factor, beside a running server.</summary>
    internal static void Require(string database, string role, SecondFactor factor)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO RoleRequirements (RoleId, SecondFactor) VALUES ($role, $factor)";
        insert.Parameters.AddWithValue("$role", role);
        insert.Parameters.AddWithValue("$factor", (int)factor);
        insert.ExecuteNonQuery();
    }

    private static void Note(ConcurrentQueue<string> complaints, IConsoleMessage message)
    {
        if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            complaints.Enqueue(message.Text);
    }
}
