using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// Another site in the same browser can neither send our forms nor open our sockets, whether it shares our name on another port or not.
/// Class 13 of docs/security.md.
/// </summary>
[Collection(nameof(Estate))]
public sealed class CrossSiteTests(Estate estate)
{
    private const string Post =
        """
        address => {
          const form = document.createElement('form');
          Object.assign(form, { method: 'post', action: address });
          for (const [name, value] of [['name', 'eve'], ['password', 'four words make one'], ['code', '000000']])
            form.append(Object.assign(document.createElement('input'), { name, value }));
          document.body.append(form);
          form.submit();
        }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string?> Origins => ["https://evil.example", "http://127.0.0.1", "null", ""];

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task WebSocket_WithTheCookieFromElsewhere_IsRefused(string? origin)
    {
        foreach (var path in (string[])["/_blazor", "/api/"])
        {
            using var patience = Patience.Source();
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Cookie", estate.Administrator.Cookie);
            if (origin is { Length: > 0 })
                socket.Options.SetRequestHeader("Origin", origin);

            // Programs have no Origin, and no cookie is looked at there.
            if (path == "/api/" && string.IsNullOrEmpty(origin))
                continue;
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(estate.Address) { Scheme = "ws", Path = path }.Uri, patience.Token));
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Every form and the hub's negotiation, found by themselves: with the cookie and without the form's own token.</summary>
    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Post_FromElsewhere_IsRefused(string origin, HttpStatusCode expected)
    {
        using var client = estate.Client(estate.Administrator);
        var answers = new List<(string Path, HttpStatusCode Status)>();

        foreach (var path in Posts().Where(path => origin.Length > 0 || !path.StartsWith("/_blazor", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("name", "eve"), new("password", "four words make one"), new("code", "000000")]) };
            if (origin.Length > 0)
                request.Headers.Add("Origin", origin);
            using var answer = await client.SendAsync(request, Token);
            answers.Add((path, answer.StatusCode));
        }

        Assert.NotEmpty(answers);
        // The REST API does not know this cookie: for it nobody is there.
        Assert.All(answers, answer => Assert.Equal((answer.Path, expected == HttpStatusCode.BadRequest && answer.Path.StartsWith("/rest/", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : expected), answer));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/nothing-here", Token)).StatusCode);
    }

    /// <summary>The same by a page of another site in Chromium. <c>localhost</c> is another site; another port of our own name is the same site, and gets the cookie.</summary>
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Page_OfAnotherSiteInChromium_ReachesNothing(string host)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var evil = builder.Build();
        evil.Urls.Add("http://127.0.0.1:0");
        evil.MapGet("/", () => Results.Text("<!DOCTYPE html><title>Kittens</title>", "text/html"));
        await evil.StartAsync(Token);
        var port = new Uri(evil.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        var page = await estate.PageAsync(estate.Administrator);
        await page.GotoAsync($"http://{host}:{port}/");
        var ours = estate.Address.GetLeftPart(UriPartial.Authority);

        var sockets = await page.EvaluateAsync<string[]>(
            """
            paths => Promise.all(paths.map(path => new Promise(done => {
              const socket = new WebSocket(path);
              socket.onopen = () => done('open');
              socket.onerror = () => done('refused');
            })))
            """, (string[])[ours.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor", ours.Replace("http", "ws", StringComparison.Ordinal) + "/api/"]);
        var read = await page.EvaluateAsync<string>("address => fetch(address, { credentials: 'include' }).then(() => 'read', () => 'refused')", ours + "/vms");
        var posted = new List<(string Path, int Status)>();
        foreach (var path in Posts())
        {
            // Each on a page of its own: the refusal may still be on its way into one when the next is to be opened there.
            var sender = await estate.PageAsync(estate.Administrator);
            await sender.GotoAsync($"http://{host}:{port}/");
            var answer = await sender.RunAndWaitForResponseAsync(() => sender.EvaluateAsync(Post, ours + path), response => response.Url == ours + path);
            posted.Add((path, answer.Status));
            await sender.Context.CloseAsync();
        }

        Assert.Equal((string[])["refused", "refused"], sockets);
        Assert.Equal("refused", read);
        Assert.All(posted, answer => Assert.Equal((answer.Path, 403), answer));
        using var client = estate.Client(estate.Administrator);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/nothing-here", Token)).StatusCode);
        await page.Context.CloseAsync();
        await evil.StopAsync(Token);
    }

    /// <summary>Whatever takes a form or changes something, without ids.</summary>
    private IReadOnlyList<string> Posts() =>
        [.. Routes.Of(estate.Server).Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0 && Routes.Methods(endpoint).Contains("POST")).Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct()];
}
