using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Rest.Events;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>What one user may ask for at once; beyond it there is a clear error, and the others are served.</summary>
public sealed class RestLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_TooManyASecond_AreToldToWait()
    {
        await using var server = new TestServer().With("Api:MostCallsPerSecondOfUser", "1");
        using var client = await RestClient.AdminAsync(server);
        using var other = await RestClient.UserAsync(server, "otto");

        var refused = (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetAsync("vms")))).Where(answer => answer.Status != 200).ToList();

        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Equal((429, "1"), (answer.Status, answer.Headers.RetryAfter!.ToString())));
        Assert.Contains("too many requests", (string)refused[0].Json["error"]!, StringComparison.Ordinal);
        Assert.Equal(200, (await other.GetAsync("vms")).Status);
    }

    [Fact]
    public void Requests_TooManyAtOnce_AreRefused_UntilSomeAreAnswered()
    {
        var limits = Options.Create(new ApiLimits { MostCallsInFlight = 2 });
        var requests = new UserRequests(new(limits, TimeProvider.System), limits);

        var first = requests.Enter("ada");
        requests.Enter("ada");
        var refused = Assert.Throws<ApiException>(() => requests.Enter("ada"));
        requests.Enter("bob");
        first.Dispose();
        requests.Enter("ada");

        Assert.Equal(ApiErrorCode.TooMany, refused.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_TooLarge_IsRefused(bool isChunked)
    {
        await using var server = new TestServer().With("Api:MostMessageBytes", "1024").OnAPort();
        using var client = await RestClient.AdminAsync(server);
        using var content = isChunked ? (HttpContent)new StreamContent(new MemoryStream(new byte[100_000])) : new ByteArrayContent(new byte[100_000]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rest/v0/users") { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await client.Http.SendAsync(request, Token);

        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b","password":"x"}""")]
    [InlineData("""{"name":"\ud800","password":"x"}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("\"text\"")]
    public async Task Body_ThatIsOdd_IsRefused(string body)
    {
        await using var server = new TestServer();
        using var client = await RestClient.AdminAsync(server);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await client.Http.PostAsync(new Uri("/rest/v0/users", UriKind.Relative), content, Token);

        Assert.InRange((int)answer.StatusCode, 400, 422);
    }

    [Fact]
    public async Task Streams_OfOneUser_AreBounded()
    {
        await using var server = new TestServer().OnAPort();
        using var client = await RestClient.AdminAsync(server);
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < EventStreams.MostOfAccount; i++)
            open.Add(await client.Http.GetAsync(new Uri("/rest/v0/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token));

        var tooMany = await client.GetAsync("events");

        Assert.All(open, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Equal(429, tooMany.Status);
        open.ForEach(answer => answer.Dispose());
    }
}
