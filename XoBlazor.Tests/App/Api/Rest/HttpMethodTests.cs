using XoBlazor.App.Api.Rest;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>What HTTP itself asks of every address: HEAD where there is GET, and to be told what there is instead.</summary>
public sealed class HttpMethodTests : IAsyncLifetime
{
    // They say when and how it was sent, which differs; that nothing follows is said of no HEAD.
    private static readonly string[] s_ofTheMoment = ["Date: ", "Transfer-Encoding: ", "Content-Length: 0"];

    private readonly TestServer _server = new TestServer().OnAPort();
    private SamplePool _pool = null!;
    private RestClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _pool = new(_server.Get<ObjectStore>(), hosts: 2, vms: 8);
        _client = await RestClient.AdminAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _pool.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Head_OfWhateverCanBeRead_IsTheSameWithoutItsBody()
    {
        var routes = _server.Get<RestRoutes>().All.Where(route => route.Verb == "GET").ToList();
        var found = 0;

        foreach (var route in routes)
        {
            var address = await AddressAsync(route.Path);
            var (full, _) = await SendAsync("GET", address);
            var (head, body) = await SendAsync("HEAD", address);

            found += full.Status == 200 ? 1 : 0;
            Assert.Equal((route.Name, full.Status, full.Headers), (route.Name, head.Status, head.Headers));
            Assert.Empty(body);
        }

        Assert.True(found > 30, $"only {found} of {routes.Count} were there");
    }

    [Fact]
    public async Task OtherMethod_IsToldWhichThereAre()
    {
        string[] usual = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        foreach (var address in _server.Get<RestRoutes>().All.GroupBy(route => route.Path))
        {
            var path = await AddressAsync(address.Key);
            var there = address.Select(route => route.Verb).ToHashSet();
            var expected = string.Join(", ", address.SelectMany(route => route.Verb == "GET" ? (string[])["GET", "HEAD"] : [route.Verb]).Append("OPTIONS"));

            var (refused, _) = await SendAsync(usual.First(method => !there.Contains(method)), path);
            var (options, body) = await SendAsync("OPTIONS", path);

            Assert.Equal((address.Key, 405, expected), (address.Key, refused.Status, refused.Allow));
            Assert.Equal((address.Key, 204, expected), (address.Key, options.Status, options.Allow));
            Assert.Empty(body);
        }
    }

    [Fact]
    public async Task OtherMethod_OfNobody_IsToldToSignIn()
    {
        using var nobody = RestClient.Of(_server);

        Assert.Equal(401, (await nobody.SendAsync("DELETE", "vms")).Status);
        Assert.Equal(401, (await nobody.SendAsync("HEAD", "vms")).Status);
    }

    private async Task<string> AddressAsync(string path)
    {
        var area = path.Split('/')[1];
        var id = RestCollection.All.Any(one => one.Name == area) && (await _client.GetAsync($"{area}?limit=1")).Json.AsArray() is [var first, ..] ? ((string)first!).Split('/')[^1] : "nothing";
        return RestClient.Root + path.Replace("{id}", id, StringComparison.Ordinal).Replace("{format:regex(^(xva|ova)$)}", "xva", StringComparison.Ordinal).Replace("{format:regex(^(raw|vhd|qcow2)$)}", "vhd", StringComparison.Ordinal)
            .Replace("{tag}", "tag", StringComparison.Ordinal).Replace("{userId}", "nobody", StringComparison.Ordinal).Replace("{subscriptionId}", "none", StringComparison.Ordinal);
    }

    // Of a stream, what has come when its headers have.
    private async Task<((int Status, string? Allow, string Headers) Answer, string Body)> SendAsync(string method, string address)
    {
        using var request = new HttpRequestMessage(new(method), address);
        using var answer = await _client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var headers = answer.Headers.Concat(answer.Content.Headers).Select(one => $"{one.Key}: {string.Join(", ", one.Value)}")
            .Where(line => !s_ofTheMoment.Any(part => line.StartsWith(part, StringComparison.Ordinal)));
        var allow = string.Join(", ", answer.Content.Headers.Allow);
        return (((int)answer.StatusCode, allow, string.Join('\n', headers.Order(StringComparer.Ordinal))), method == "HEAD" || method == "OPTIONS" ? await answer.Content.ReadAsStringAsync(Token) : "");
    }
}
