using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary>Every attempt from an address that has to wait is counted in the audit, and a flood of them is a few records.</summary>
public sealed class DelayedAttemptsTests
{
    private const string Wrong = "xob_00000000000000000000000000000000_wrong";
    private const int Attempts = 25;

    private static readonly IPAddress s_address = IPAddress.Parse("192.0.2.7");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Doors => new()
    {
        { "Bearer", "rest" },
        { "cookie authenticationToken", "rest" },
        { "cookie token", "rest" },
        { "Basic", "rest" },
        { "audit", "rest" },
        { "session.signInWithToken", "json-rpc" },
        { "session.signIn", "json-rpc" },
        { "session.signInWithPassword", "json-rpc" },
        { "page", "console" },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Attempts_WhileTheAddressHasToWait_AreOneRecordAMinute(string door, string face)
    {
        await using var server = new TestServer().With(_time);
        server.Browser().Dispose();
        for (var i = 0; i < AddressDelay.Free + 5; i++)
        {
            _time.Advance(server.Get<AddressDelay>().Begin(s_address));
            server.Get<AddressDelay>().Begin(s_address);
        }

        await KnockAsync(server, door);
        var atOnce = server.Audit("sign-in.delayed").Concat(server.Audit("sign-in"));
        Assert.Empty(atOnce);
        await server.WaitAsync(() =>
        {
            _time.Advance(DelayedAttempts.Every);
            return server.Audit("sign-in.delayed").Count > 0;
        });

        var record = Assert.Single(server.Audit("sign-in.delayed"));
        Assert.Equal((AuditCategory.SignIn, AuditOutcome.Refused, "192.0.2.7", face), (record.Category, record.Outcome, record.Address, record.Face));
        Assert.Equal([new("attempts", Attempts.ToString(CultureInfo.InvariantCulture))], record.Parameters);
        Assert.Contains($"{Attempts} more from 192.0.2.7 in the last minute", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ThatIsRight_IsLetInWhileTheAddressHasToWait()
    {
        await using var server = new TestServer().With(_time);
        server.Browser().Dispose();
        var token = await server.Get<ApiTokens>().CreateAsync(await server.AdminAsync(), (await server.AccountAsync(TestServer.Admin)).Id, "one", TimeSpan.FromDays(1), null, Token);
        for (var i = 0; i < AddressDelay.Free + 5; i++)
            server.Get<AddressDelay>().Begin(s_address);

        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)await AskAsync(server, "/rest/v0/vms", "Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)await AskAsync(server, AuditEndpoints.Path, "Authorization", $"Bearer {token}"));
    }

    [Fact]
    public async Task Flood_FromAddressesWithoutEnd_IsFewRecordsThatCountAll()
    {
        await using var server = new TestServer();
        server.Browser().Dispose();
        var delay = new AddressDelay(_time);
        using var attempts = new DelayedAttempts(delay, server.Get<SignInAudit>(), _time);
        var counted = 0;

        for (var site = 1; site <= DelayedAttempts.MostRecords + 30; site++)
            for (var i = 0; i < AddressDelay.Free + 3; i++)
                counted += attempts.Begin(IPAddress.Parse($"2001:db8:0:{site:x}::{i + 1}"), "rest") > TimeSpan.Zero ? 1 : 0;
        await attempts.StopAsync(Token);

        var records = server.Audit("sign-in.delayed");
        Assert.Equal((DelayedAttempts.MostRecords + 30) * 3, counted);
        Assert.Equal(DelayedAttempts.MostRecords + 1, records.Count);
        Assert.Equal(counted, records.Sum(record => int.Parse(record.Parameters[0].Value, CultureInfo.InvariantCulture)));
        Assert.StartsWith("3 more from 2001:db8:0:1::/64 in the last minute", records[0].Message, StringComparison.Ordinal);
        Assert.Equal((null, "90"), (records[^1].Address, records[^1].Parameters[0].Value));
    }

    private static async Task KnockAsync(TestServer server, string door)
    {
        if (door.StartsWith("session.", StringComparison.Ordinal))
        {
            await using var client = await RpcClient.ConnectAsync(server, request: request => request.HttpContext.Connection.RemoteIpAddress = s_address);
            for (var i = 0; i < Attempts; i++)
                Assert.NotNull((await client.CallAsync(door, door == "session.signInWithPassword"
                    ? new JsonObject { ["email"] = TestServer.Admin, ["password"] = "wrong password" }
                    : new JsonObject { ["token"] = Wrong }))["error"]);
            return;
        }

        var (page, cookies, token) = door == "page" ? await FormAsync(server) : ("", "", "");
        for (var i = 0; i < Attempts; i++)
            Assert.InRange(door switch
            {
                "Bearer" => await AskAsync(server, "/rest/v0/vms", "Authorization", $"Bearer {Wrong}"),
                "Basic" => await AskAsync(server, "/rest/v0/vms", "Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestServer.Admin}:{Wrong}"))}"),
                "audit" => await AskAsync(server, AuditEndpoints.Path, "Authorization", $"Bearer {Wrong}"),
                "page" => await PostAsync(server, page, cookies, token),
                _ => await AskAsync(server, "/rest/v0/vms", "Cookie", $"{door.Split(' ')[1]}={Wrong}"),
            }, 401, 429);
    }

    private static async Task<int> AskAsync(TestServer server, string path, string header, string value) => (await server.Server.SendAsync(context =>
    {
        context.Connection.RemoteIpAddress = s_address;
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = path;
        context.Request.Headers[header] = value;
    }, Token)).Response.StatusCode;

    private static async Task<(string Page, string Cookies, string Token)> FormAsync(TestServer server)
    {
        using var browser = server.Browser();
        using var answer = await browser.GetAsync(SignInEndpoints.Path, Token);
        var cookies = string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return (SignInEndpoints.Path, cookies, TestServer.HiddenFields(await answer.Content.ReadAsStringAsync(Token)).First(field => field.Name.Contains("Token", StringComparison.Ordinal)).Value);
    }

    private static async Task<int> PostAsync(TestServer server, string page, string cookies, string token) => (await server.Server.SendAsync(context =>
    {
        context.Connection.RemoteIpAddress = s_address;
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = page;
        context.Request.Headers.Cookie = cookies;
        context.Request.Headers.Origin = "http://localhost";
        context.Request.ContentType = "application/x-www-form-urlencoded";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(
            $"name={TestServer.Admin}&password=wrong&__RequestVerificationToken={Uri.EscapeDataString(token)}"));
    }, Token)).Response.StatusCode;
}
