using System.Net.WebSockets;
using System.Text;
using Microsoft.Playwright;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Administration;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Xapi;

namespace XoBlazor.Tests.Security;

/// <summary>
/// Secrets typed at every entrance, with everything logged that the server and its framework have to say, are found in no line of it, nor anywhere in
/// the data directory, nor in what the browser is sent. Class 20 of docs/security.md; what lies on the disk, class 19, also in
/// <see cref="SecretsOnDiskTests"/>.
/// </summary>
public sealed class SecretsInLogsTests
{
    private const string Wrong = "canary typed wrongly";
    private const string Given = "canary given to ada";
    private const string Chosen = "canary chosen instead";
    private const string Root = "canary of the pool's root";
    private const string Uploaded = "canary in a file";
    private const string Typed = "canary typed into the API";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_TypedAnywhere_AreInNoLineOfTheLog()
    {
        using var log = new CapturedLog();
        await using var host = ScriptedHost.Results(_ => """{"jsonrpc":"2.0","error":{"code":1,"message":"SESSION_AUTHENTICATION_FAILED","data":["SESSION_AUTHENTICATION_FAILED"]},"id":1}""");
        await using var server = new TestServer().With(log).OnAPort();
        var admin = await server.AdminAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(server.Address!, "/sign-in").AbsoluteUri);
        var sent = CircuitFace.Listen(page);

        await page.SignInAsync(TestServer.Admin, Wrong);
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await CircuitFace.OpenedAsync(page);
        var cookie = (await page.Context.CookiesAsync()).Single(one => one.Name == "xo-session").Value;
        await CircuitFace.GoAsync(page, "/settings/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create a user" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("ada");
        await page.GetByLabel("Initial password").FillAsync(Given);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/settings/users/*-*");
        await CircuitFace.GoAsync(page, "/settings/pools");
        await page.Locator("main header button.add").ClickAsync();
        await page.GetByLabel("Address").FillAsync(host.Endpoint.ToString());
        await page.GetByLabel("User", new() { Exact = true }).FillAsync("root");
        await page.GetByLabel("Password").FillAsync(Root);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        await CircuitFace.GoAsync(page, "/profile");
        await page.GetByLabel("Current password").FillAsync(TestServer.Password);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(Chosen);
        await page.GetByLabel("New password, once more").FillAsync(Chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        await page.GetByText("Your password is changed").WaitForAsync();
        await CircuitFace.GoAsync(page, "/settings/updates");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload the file" }).ClickAsync();
        await page.Locator("form input[type=file]").ChooseAsync("client.json", "application/json", Encoding.UTF8.GetBytes($$"""{"username":"client","apikey":"{{Uploaded}}"}"""));
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replace", Exact = true }).WaitForAsync();
        var api = await server.Get<ApiTokens>().CreateAsync(admin, Guid.Parse(admin.Actor.Id), "robot", TimeSpan.FromDays(1), null, Token);
        var (key, codes) = await server.EnrolAsync(TestServer.Admin);
        await ProveAsync(server, key, codes[0]);
        await AskAsync(server, api);

        string[] secrets = [Wrong, Given, Chosen, Root, Uploaded, Typed, TestServer.Password, api.Split('_')[2], key, codes[0], codes[1], cookie, await MasterKeyAsync(server)];
        Assert.Contains(log.Lines, line => line.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && line.Text.StartsWith("Trace", StringComparison.Ordinal));
        var found = log.Lines.SelectMany(line => secrets.Where(secret => line.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{line.Category} says {secret}"));
        Assert.Empty(found.Distinct());
        var frames = CircuitFace.Take(sent);
        // The field that also makes passwords shows what is in it, to whoever made it.
        Assert.DoesNotContain(secrets.Except([Given]), secret => frames.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await DiskSearch.FindAsync(server.DataFolder, secrets[..^1]));
    }

    /// <summary>The second step by HTTP: a wrong code, a recovery code, a right code.</summary>
    private static async Task ProveAsync(TestServer server, string key, string recovery)
    {
        foreach (var code in (string[])[recovery, server.Code(key)])
        {
            using var browser = server.Browser();
            await browser.SignInAsAsync(TestServer.Admin, Chosen);
            await browser.StepAsync(SignInPages.ProvePath, value: code, page: SignInPages.ProvePath);
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    /// <summary>By the APIs: the token in a header and in a frame, and a password in a frame.</summary>
    private static async Task AskAsync(TestServer server, string api)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", api);
        Assert.True((await client.GetAsync(AuditEndpoints.Path, Token)).IsSuccessStatusCode);
        using var patience = Patience.Source();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Address!) { Scheme = "ws", Path = "/api/" }.Uri, patience.Token);
        var answer = new byte[4096];
        foreach (var credentials in (string[])[$$"""{"token":"{{api}}"}""", $$"""{"email":"{{TestServer.Admin}}","password":"{{Typed}}"}"""])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"session.signIn","params":{{credentials}}}"""), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
            await socket.ReceiveAsync(answer, patience.Token);
        }
    }

    /// <summary>What everything is sealed with.</summary>
    private static async Task<string> MasterKeyAsync(TestServer server)
    {
        var ring = Directory.EnumerateFiles(server.DataFolder, "key-*.xml", SearchOption.AllDirectories).First();
        var text = await File.ReadAllTextAsync(ring, Token);
        var start = text.IndexOf("<value>", StringComparison.Ordinal) + "<value>".Length;
        return text[start..text.IndexOf("</value>", start, StringComparison.Ordinal)];
    }
}
