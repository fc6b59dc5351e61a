using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.JsonRpc;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Peers that mean harm, or know no better: whatever they send, others are served and nothing piles up.</summary>
public sealed class AbuseTests
{
    private const string Version = """{"jsonrpc":"2.0","id":7,"method":"system.getVersion"}""";

    [Fact]
    public async Task Frames_OfAnyBytes_AreAnsweredOrCutOff_AndNeverBreakTheServer()
    {
        await using var server = new TestServer().OnAPort();
        using var run = LongRun.Seeded(usual: 15, many: 300);
        var random = new Random(run.Seed);
        string[] seeds =
        [
            Version, """{"jsonrpc":"2.0","id":1,"method":"vm.start","params":{"id":"x","force":true}}""", """[{"jsonrpc":"2.0","id":1,"method":"user.create","params":{"email":"a","password":"b"}}]""",
            """{"jsonrpc":"2.0","id":"a","method":"token.create","params":{"client":{"id":"x"},"expiresIn":1e999}}""", """{"jsonrpc":"2.0","id":{},"method":"system.methodSignature","params":[null,[],{}]}""",
        ];

        for (var connection = 0; connection < run.Rounds; connection++)
        {
            await using var client = await RpcClient.AdminAsync(server);
            for (var message = 0; message < 50 && client.Socket.State == WebSocketState.Open; message++)
                try
                {
                    await SendPiecesAsync(client, Mutate(random, Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)])), random);
                }
                catch (Exception cut) when (cut is WebSocketException or IOException)
                {
                    break;
                }
        }

        await using var other = await RpcClient.AdminAsync(server);
        Assert.Equal("0.1", (string?)await other.ResultAsync("system.getVersion"));
        await server.WaitAsync(() => server.Get<RpcConnections>().Count == 1);
    }

    [Fact]
    public async Task InvalidUtf8_IsCutOff()
    {
        await using var server = new TestServer().OnAPort();
        await using var client = await RpcClient.ConnectAsync(server);

        await client.SendAsync([.. "{\"jsonrpc\":\"2.0\",\"id\":\""u8, 0xFF, 0xC0, .. "\",\"method\":\"system.getVersion\"}"u8], WebSocketMessageType.Text);

        await client.ClosedAsync();
        await server.WaitAsync(() => server.Get<RpcConnections>().Count == 0);
    }

    [Fact]
    public async Task ThousandIdleSockets_LeaveRoomForOthers()
    {
        await using var server = new TestServer().OnAPort();
        var idle = new List<RpcClient>();
        try
        {
            for (var i = 0; i < 1_000; i++)
                idle.Add(await RpcClient.ConnectAsync(server));
            await using var client = await RpcClient.AdminAsync(server);

            Assert.Equal("0.1", (string?)await client.ResultAsync("system.getVersion"));
            Assert.Equal(1_001, server.Get<RpcConnections>().Count);
            Assert.Equal("0.1", (string?)await idle[500].ResultAsync("system.getVersion"));
        }
        finally
        {
            foreach (var client in idle)
                client.Socket.Abort();
        }

        await server.WaitAsync(() => server.Get<RpcConnections>().Count == 0);
    }

    [Fact]
    public async Task Connections_BeyondTheLimit_AreToldSo()
    {
        await using var server = new TestServer().With("Api:MostConnections", "2").OnAPort();
        await using var first = await RpcClient.ConnectAsync(server);
        await using var second = await RpcClient.ConnectAsync(server);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => RpcClient.ConnectAsync(server));

        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_TooManyAtOnce_AreRefusedInWords()
    {
        var gate = new Gate();
        await using var server = new TestServer().With("Api:MostCallsInFlight", "3").With(services => services.AddSingleton<IApiMethods>(gate)).OnAPort();
        await using var client = await RpcClient.AdminAsync(server);
        for (var i = 0; i < 4; i++)
            await client.SendAsync($$"""{"jsonrpc":"2.0","id":{{i}},"method":"test.wait"}""");

        var refused = JsonNode.Parse((await client.ReceiveAsync())!)!;
        gate.Open.SetResult();
        var answered = new List<int>();
        for (var i = 0; i < 3; i++)
            answered.Add(JsonNode.Parse((await client.ReceiveAsync())!)!["id"]!.GetValue<int>());

        Assert.Equal((3, ApiErrorCode.TooMany), (refused["id"]!.GetValue<int>(), refused["error"]!["code"]!.GetValue<int>()));
        Assert.Equal([0, 1, 2], answered.Order());
        Assert.Equal("0.1", (string?)await client.ResultAsync("system.getVersion"));
    }

    [Fact]
    public async Task SlowReader_IsCutOff_AndOthersAreServedMeanwhile()
    {
        await using var server = new TestServer().With("Api:SlowReader", "00:00:02").OnAPort();
        await using var slow = await RpcClient.AdminAsync(server);
        await using var other = await RpcClient.AdminAsync(server);

        // Answers of a hundred kilobytes that nobody takes; sending ends when the server reads no more.
        using var patience = Patience.Source();
        var flood = Task.Run(async () =>
        {
            var call = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"system.getMethodsInfo"}""");
            while (true)
                await slow.Socket.SendAsync(call, WebSocketMessageType.Text, true, patience.Token);
        }, patience.Token);
        await server.WaitAsync(() => server.Get<RpcConnections>().Count == 1);

        Assert.Equal("0.1", (string?)await other.ResultAsync("system.getVersion"));
        await Assert.ThrowsAnyAsync<Exception>(() => flood);
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        for (var i = random.Next(4); i > 0; i--)
            switch (random.Next(4))
            {
                case 0:
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes = bytes[..random.Next(1, bytes.Length + 1)];
                    break;
                case 2:
                    var at = random.Next(bytes.Length);
                    bytes = [.. bytes[..at], .. Enumerable.Repeat((byte)"[{\"9"[random.Next(4)], random.Next(1, 200)), .. bytes[at..]];
                    break;
                default:
                    bytes = [.. bytes, .. bytes];
                    break;
            }
        return bytes;
    }

    private static async Task SendPiecesAsync(RpcClient client, byte[] bytes, Random random)
    {
        using var patience = Patience.Source();
        var type = random.Next(4) == 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        for (var sent = 0; sent < bytes.Length;)
        {
            var size = Math.Min(bytes.Length - sent, random.Next(1, 400));
            await client.Socket.SendAsync(bytes.AsMemory(sent, size), type, sent + size == bytes.Length, patience.Token);
            sent += size;
        }
    }

    private sealed class Gate : IApiMethods
    {
        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IEnumerable<ApiMethod> Methods =>
        [
            new("test.wait", ApiPermission.SignedIn, async _ =>
            {
                await Open.Task;
                return ApiResult.Done;
            }),
        ];
    }
}
