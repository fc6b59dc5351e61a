using System.Text;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>Who is asking: tokens and passwords, and what is told to nobody.</summary>
public sealed class RestSignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_InAnyOfItsPlaces_SignsIn()
    {
        await using var server = new TestServer();
        var token = await RestClient.TokenAsync(server, TestServer.Admin);
        using var client = RestClient.Of(server);

        foreach (var (name, value) in ((string, string)[])[("Authorization", $"Bearer {token}"), ("Authorization", $"bearer {token}"), ("Cookie", $"authenticationToken={token}"), ("Cookie", $"token={token}")])
        {
            var answer = await client.GetAsync("users/me", (name, value));
            Assert.Equal((307, $"/rest/v0/users/{AccessPolicyFeed.Text((await server.AccountAsync(TestServer.Admin)).Id)}"), (answer.Status, answer.Headers.Location?.OriginalString));
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Cookie", "authenticationToken=nope")]
    [InlineData("Authorization", "Bearer nope")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Basic !!")]
    [InlineData("Authorization", "Digest x")]
    public async Task Anybody_IsAskedToSignIn_AsByXenOrchestra(string? name, string? value)
    {
        await using var server = new TestServer();
        using var client = RestClient.Of(server);

        var answer = name is null ? await client.GetAsync("vms") : await client.GetAsync("vms", (name, value!));

        Assert.Equal((401, """{"error":"invalid credentials"}""", "Basic realm=\"xo\""), (answer.Status, answer.Text, answer.Headers.WwwAuthenticate.ToString()));
    }

    [Fact]
    public async Task WrongToken_IsNotMadeGoodByACookie()
    {
        await using var server = new TestServer();
        using var client = RestClient.Of(server);

        var answer = await client.GetAsync("vms", ("Authorization", "Bearer nope"), ("Cookie", $"authenticationToken={await RestClient.TokenAsync(server, TestServer.Admin)}"));

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task ConsolesCookie_MeansNothing()
    {
        await using var server = new TestServer();
        using var browser = server.Browser();
        await TestServer.SignInAsync(browser);

        using var page = await browser.GetAsync(new Uri("/vms", UriKind.Relative), Token);
        using var answer = await browser.GetAsync(new Uri("/rest/v0/vms", UriKind.Relative), Token);

        Assert.True(page.IsSuccessStatusCode);
        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Password_OfManyRequests_IsProvenOnce_AndEndsWithItsSession()
    {
        await using var server = new TestServer();
        using var client = RestClient.Of(server);
        client.Http.DefaultRequestHeaders.Authorization = Basic(TestServer.Admin, TestServer.Password);
        var admin = await server.AccountAsync(TestServer.Admin);

        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await client.GetAsync("vms")).Status);
        var record = Assert.Single(server.Audit("sign-in"));
        var session = Assert.Single(server.Get<SignInSessions>().Of(admin.Id));
        await server.Get<SignInSessions>().EndAsync(session.Id);
        var ended = await client.GetAsync("vms");
        var again = await client.GetAsync("vms");

        Assert.Equal("rest", record.Face);
        Assert.Equal((401, 200), (ended.Status, again.Status));
        Assert.Equal(2, server.Audit("sign-in").Count);
    }

    [Fact]
    public async Task WrongPassword_IsRefused_AndIsNotRemembered()
    {
        await using var server = new TestServer();
        using var client = RestClient.Of(server);
        client.Http.DefaultRequestHeaders.Authorization = Basic(TestServer.Admin, "wrong");
        var wrong = await client.GetAsync("vms");
        client.Http.DefaultRequestHeaders.Authorization = Basic(TestServer.Admin, TestServer.Password);
        var right = await client.GetAsync("vms");

        Assert.Equal((401, 200), (wrong.Status, right.Status));
        Assert.Empty(server.Get<SignInSessions>().Of((await server.AccountAsync(TestServer.Admin)).Id).Skip(1));
    }

    [Fact]
    public async Task Password_OfAnAccountWithASecondFactor_NeedsTheCode()
    {
        await using var server = new TestServer();
        var (key, _) = await server.EnrolAsync(TestServer.Admin);
        using var client = RestClient.Of(server);
        client.Http.DefaultRequestHeaders.Authorization = Basic(TestServer.Admin, TestServer.Password);

        var without = await client.GetAsync("vms");
        var with = await client.GetAsync($"vms?otp={server.Code(key)}");

        Assert.Equal((401, 200), (without.Status, with.Status));
        Assert.Contains("one-time code", without.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenMadeByRest_IsToldOnce_AndSignsIn()
    {
        await using var server = new TestServer();
        using var client = await RestClient.AdminAsync(server);

        var made = await client.PostAsync("users/authentication_tokens", new System.Text.Json.Nodes.JsonObject { ["description"] = "from a script" });
        var text = (string)made.Json["token"]!["id"]!;
        var list = await client.GetAsync("users/me/authentication_tokens");
        using var second = RestClient.Of(server, text);

        Assert.Equal((201, "from a script"), (made.Status, (string)made.Json["token"]!["description"]!));
        Assert.DoesNotContain(text, list.Text, StringComparison.Ordinal);
        Assert.Equal(2, list.Json.AsArray().Count);
        Assert.Equal(200, (await second.GetAsync("vms")).Status);
    }

    [Fact]
    public async Task NarrowToken_OfAnAdministrator_AdministersNothing()
    {
        await using var server = new TestServer();
        using var client = RestClient.Of(server, await RestClient.TokenAsync(server, TestServer.Admin, Role.Operator.Id));

        var users = await client.GetAsync("users?fields=*");
        var create = await client.PostAsync("users", new System.Text.Json.Nodes.JsonObject { ["name"] = "eve", ["password"] = "four words make one" });
        var servers = await client.GetAsync("servers");

        Assert.Equal("admin", (string)Assert.Single(users.Json.AsArray())!["name"]!);
        Assert.Equal((403, "[]"), (create.Status, servers.Text));
    }

    private static System.Net.Http.Headers.AuthenticationHeaderValue Basic(string name, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
}
