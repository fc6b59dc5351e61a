using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>JSON-RPC 2.0 over the socket: every form of a message gets the answer that the standard gives it, also where xo-server stays silent.</summary>
public sealed class ProtocolTests(ProtocolTests.Home home) : IClassFixture<ProtocolTests.Home>
{
    private const string Ask = """ "method":"system.getVersion" """;

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":0,"method":"system.getVersion","params":{}}""", """{"id":0,"jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":-9007199254740991,"method":"system.getVersion"}""", """{"id":-9007199254740991,"jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"a\"b","method":"system.getVersion"}""", """{"id":"a\"b","jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"system.getVersion"}""", """{"id":1.5,"jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"system.getVersion"}""", """{"id":123456789012345678901234567890,"jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"system.getVersion"}""", """{"id":null,"jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"system.getVersion","params":null}""", """{"id":1,"jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"system.getVersion","params":[]}""", """{"id":1,"jsonrpc":"2.0","result":"0.1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"toString"}""", """{"error":{"message":"method not found: toString","code":-32601,"data":"toString"},"id":1,"jsonrpc":"2.0"}""")]
    [InlineData("""{"id":1,"method":"system.getVersion"}""", """{"error":{"message":"invalid request: jsonrpc has to be \"2.0\"","code":-32600},"id":1,"jsonrpc":"2.0"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"system.getVersion"}""", """{"error":{"message":"invalid request: jsonrpc has to be \"2.0\"","code":-32600},"id":1,"jsonrpc":"2.0"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""", """{"error":{"message":"invalid request: method has to be a string","code":-32600},"id":1,"jsonrpc":"2.0"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"system.getVersion","params":"x"}""", """{"error":{"message":"invalid request: params has to be an object","code":-32600},"id":1,"jsonrpc":"2.0"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":[1],"method":"system.getVersion"}""", """{"error":{"message":"invalid request: id has to be a string, a number or null","code":-32600},"id":null,"jsonrpc":"2.0"}""")]
    [InlineData("null", """{"error":{"message":"invalid request: a call is a JSON object","code":-32600},"id":null,"jsonrpc":"2.0"}""")]
    [InlineData("[]", """{"error":{"message":"invalid request: a batch has 1 to 100 calls","code":-32600},"id":null,"jsonrpc":"2.0"}""")]
    [InlineData(
        """[{"jsonrpc":"2.0","id":1,"method":"system.getVersion"},{"jsonrpc":"2.0","id":2,"method":"no.such"},{"jsonrpc":"2.0","method":"system.getVersion"},5]""",
        """[{"id":1,"jsonrpc":"2.0","result":"0.1"},{"error":{"message":"method not found: no.such","code":-32601,"data":"no.such"},"id":2,"jsonrpc":"2.0"},{"error":{"message":"invalid request: a call is a JSON object","code":-32600},"id":null,"jsonrpc":"2.0"}]""")]
    public async Task Message_OfAnyForm_IsAnswered(string sent, string expected)
    {
        await using var client = await RpcClient.ConnectAsync(home.Server);

        await client.SendAsync(sent);

        Assert.Equal(expected, await client.ReceiveAsync());
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"system.getVersion","method":"user.getAll"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"system.getVersion"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"system.getVersion"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"system.methodSignature","params":{"\uDC00":"x"}}""")]
    public async Task Message_ThatIsNoJson_IsAParseErrorAndTheConnectionGoesOn(string sent)
    {
        await using var client = await RpcClient.ConnectAsync(home.Server);

        var answer = await client.AskAsync(sent);

        Assert.Equal(-32700, answer!["error"]!["code"]!.GetValue<int>());
        Assert.Null(answer["id"]);
        Assert.Equal("0.1", (string?)await client.ResultAsync("system.getVersion"));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"system.getVersion"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"no.such"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":77,"result":1}""")]
    [InlineData("""[{"jsonrpc":"2.0","method":"system.getVersion"}]""")]
    public async Task Notification_AndUnaskedAnswer_AreNotAnswered(string sent)
    {
        await using var client = await RpcClient.ConnectAsync(home.Server);

        await client.SendAsync(sent);
        var next = await client.AskAsync("""{"jsonrpc":"2.0","id":5,"method":"system.getVersion"}""");

        Assert.Equal(5, next!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task Nesting_BeyondTheLimit_IsAParseError()
    {
        await using var client = await RpcClient.ConnectAsync(home.Server);

        var answer = await client.AskAsync($$$"""{"jsonrpc":"2.0","id":1,{{{Ask}}},"params":{{{string.Concat(Enumerable.Repeat("[", 200))}}}{{{string.Concat(Enumerable.Repeat("]", 200))}}}}""");

        Assert.Equal(-32700, answer!["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task BinaryFrame_AndFragments_AreMessagesLikeAnyOther()
    {
        await using var client = await RpcClient.ConnectAsync(home.Server);
        var message = Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,{{Ask}}}""");

        await client.SendAsync(message, WebSocketMessageType.Binary);
        var toBinary = await client.ReceiveAsync();
        using var patience = Patience.Source();
        for (var i = 0; i < message.Length; i++)
            await client.Socket.SendAsync(message.AsMemory(i, 1), WebSocketMessageType.Text, i == message.Length - 1, patience.Token);
        var toFragments = await client.ReceiveAsync();

        Assert.Equal("""{"id":1,"jsonrpc":"2.0","result":"0.1"}""", toBinary);
        Assert.Equal(toBinary, toFragments);
    }

    [Fact]
    public async Task MessageTooLong_IsToldAndCutOff()
    {
        await using var client = await RpcClient.ConnectAsync(home.Server);

        await client.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{new string('x', 70_000)}}"}""");
        var answer = await client.ReceiveAsync();

        Assert.Contains("at most 65536 bytes", answer, StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.ClosedAsync());
    }

    [Fact]
    public async Task Calls_TooManyASecond_AreRefusedInWordsAndOthersAreServed()
    {
        await using var client = await RpcClient.ConnectAsync(home.Server);
        await using var other = await RpcClient.ConnectAsync(home.Server);
        const int Calls = 700;

        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
                await client.SendAsync($$"""{"jsonrpc":"2.0","id":{{i}},{{Ask}}}""");
        }, TestContext.Current.CancellationToken);
        JsonNode? refused = null;
        for (var i = 0; i < Calls && refused is null; i++)
            refused = JsonNode.Parse((await client.ReceiveAsync())!)!["error"];

        Assert.Equal(-32005, refused!["code"]!.GetValue<int>());
        Assert.Equal("0.1", (string?)await other.ResultAsync("system.getVersion"));
        client.Socket.Abort();
        await sending.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/consoles/x")]
    [InlineData("/other")]
    public async Task OtherPaths_AreNoSocket(string path)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RpcClient.ConnectAsync(home.Server, path));
    }

    [Fact]
    public async Task PlainHttp_IsToldToUpgrade()
    {
        var server = home.Server;

        var answer = await server.Browser().GetAsync("/api/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    [Fact]
    public async Task ForeignOrigin_GetsNothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RpcClient.ConnectAsync(home.Server, request: request => request.Headers.Origin = "https://evil.example"));
    }

    [Fact]
    public async Task Cookie_OfAPersonSignedIn_MeansNothingHere()
    {
        var server = home.Server;
        var browser = server.Browser();
        var signedIn = await TestServer.SignInAsync(browser);
        var cookie = string.Join("; ", signedIn.Headers.GetValues("Set-Cookie").Select(one => one.Split(';')[0]));

        await using var client = await RpcClient.ConnectAsync(home.Server, request: request =>
        {
            request.Headers.Cookie = cookie;
            request.Headers.Origin = "http://localhost";
        });

        Assert.Null(await client.ResultAsync("session.getUser"));
        Assert.Equal(2, await client.CodeAsync("system.getServerTimezone"));
    }

    /// <summary>One server for all of them: none changes it.</summary>
    public sealed class Home : IAsyncDisposable
    {
        internal TestServer Server { get; } = new();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
