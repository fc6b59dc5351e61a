using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.HandOffs;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>What a call leaves to be fetched or sent over plain HTTP: by its address alone, once, within a minute, and only while whoever left it may.</summary>
public sealed class HandOffTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_IsServedOnceByItsAddressAlone()
    {
        await using var server = await StartAsync();
        await using var client = await RpcClient.AdminAsync(server);
        var browser = server.Browser();

        var path = await OfferAsync(client, "test.fetch");
        var head = await browser.SendAsync(new(HttpMethod.Head, path), Token);
        var posted = await browser.PostAsync(path, new StringContent("x"), Token);
        var first = await browser.GetAsync(path, Token);
        var second = await browser.GetAsync(path, Token);

        Assert.Matches("^/api/[A-Za-z0-9_-]{43}/two%20words.txt$", path);
        Assert.Equal("bytes for admin", await first.Content.ReadAsStringAsync(Token));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
        Assert.False(head.IsSuccessStatusCode || posted.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Send_TakesTheBodyAndAnswersAsACallDoes(string method)
    {
        await using var server = await StartAsync();
        await using var client = await RpcClient.AdminAsync(server);
        var path = await OfferAsync(client, "test.send");

        var answer = await server.Browser().SendAsync(new(new(method), path) { Content = new StringContent("four") }, Token);
        var refused = await server.Browser().SendAsync(new(new(method), await OfferAsync(client, "test.send")) { Content = new StringContent("bad") }, Token);

        Assert.Equal("""{"jsonrpc":"2.0","result":"4 bytes of admin","id":0}""", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("\"code\":10", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_RunsOutAfterAMinute()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = (await StartAsync()).With(time);
        await using var client = await RpcClient.AdminAsync(server);
        var path = await OfferAsync(client, "test.fetch");

        time.Advance(HandOffDesk.Life);

        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser().GetAsync(path, Token)).StatusCode);
    }

    [Fact]
    public async Task Address_OfSomebodyDisabledOrRevokedMeanwhile_GivesNothing()
    {
        await using var server = await StartAsync();
        var (users, admin) = (server.Get<UserAdministration>(), await server.AdminAsync());
        var id = await users.CreateAsync(admin, new("ada", "a long enough password 7", MustChangePassword: false), Token);
        var token = await server.Get<ApiTokens>().CreateAsync(admin, id, "test", TimeSpan.FromDays(1), null, Token);
        await using var byPassword = await RpcClient.SignedInAsync(server, "ada", "a long enough password 7");
        await using var byToken = await RpcClient.WithTokenAsync(server, token);
        var (first, second) = (await OfferAsync(byPassword, "test.fetch"), await OfferAsync(byToken, "test.fetch"));

        await users.EndSessionsAsync(admin, id, Token);
        await server.Get<ApiTokens>().RevokeAsync(admin, ApiTokens.IdOf(token)!.Value, Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser().GetAsync(first, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser().GetAsync(second, Token)).StatusCode);
    }

    [Fact]
    public async Task Address_OutlivesTheConnectionThatGotIt()
    {
        await using var server = await StartAsync();
        string path;
        await using (var client = await RpcClient.AdminAsync(server))
            path = await OfferAsync(client, "test.fetch");

        Assert.Equal(HttpStatusCode.OK, (await server.Browser().GetAsync(path, Token)).StatusCode);
    }

    [Fact]
    public async Task Addresses_ThatNobodyUses_AreBounded()
    {
        await using var server = await StartAsync();
        await using var client = await RpcClient.AdminAsync(server);
        for (var i = 0; i < HandOffDesk.MostOfAccount; i++)
            await OfferAsync(client, "test.fetch");

        Assert.Equal(-32005, await client.CodeAsync("test.fetch"));
    }

    private static Task<TestServer> StartAsync() => Task.FromResult(new TestServer().With(services => services.AddSingleton<IApiMethods, Offers>()));

    private static async Task<string> OfferAsync(RpcClient client, string method)
    {
        var result = (await client.ResultAsync(method))!.AsObject();
        return (string)(result["$getFrom"] ?? result["$sendTo"])!;
    }

    private sealed class Offers(HandOffDesk desk) : IApiMethods
    {
        public IEnumerable<ApiMethod> Methods =>
        [
            new("test.fetch", ApiPermission.SignedIn, call => ValueTask.FromResult(desk.Offer(call.Session!, new HandOff.Fetch("two words.txt", static (context, requester, token) =>
                Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, $"bytes for {requester.Actor.Name}", token))))),
            new("test.send", ApiPermission.SignedIn, call => ValueTask.FromResult(desk.Offer(call.Session!, new HandOff.Send(static async (context, requester, token) =>
            {
                var body = await new StreamReader(context.Request.Body).ReadToEndAsync(token);
                return body == "bad" ? throw ApiException.InvalidParameter("body", "this is bad") : $"{body.Length} bytes of {requester.Actor.Name}";
            })))),
        ];
    }
}
