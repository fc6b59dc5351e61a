using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>A program at the other end of the API's socket: sends frames as they are and waits for answers, one after the other.</summary>
internal sealed class RpcClient(WebSocket socket) : IAsyncDisposable
{
    private readonly Queue<JsonObject> _unasked = [];
    private int _id;

    public WebSocket Socket => socket;

    /// <summary>Connects to a server in this process; by a real socket when it has a port.</summary>
    public static async Task<RpcClient> ConnectAsync(TestServer server, string path = "/api/", Action<Microsoft.AspNetCore.Http.HttpRequest>? request = null)
    {
        using var patience = Patience.Source();
        if (server.Address is { } address)
        {
            var real = new ClientWebSocket();
            await real.ConnectAsync(new UriBuilder(new Uri(address, path)) { Scheme = "ws" }.Uri, patience.Token);
            return new(real);
        }

        var client = server.Server.CreateWebSocketClient();
        client.ConfigureRequest = request;
        return new(await client.ConnectAsync(new Uri(server.Server.BaseAddress, path), patience.Token));
    }

    /// <summary>Connects and signs in as the administrator.</summary>
    public static async Task<RpcClient> AdminAsync(TestServer server) => await SignedInAsync(server, TestServer.Admin, TestServer.Password);

    public static async Task<RpcClient> SignedInAsync(TestServer server, string name, string password)
    {
        var client = await ConnectAsync(server);
        await client.ResultAsync("session.signIn", new JsonObject { ["email"] = name, ["password"] = password });
        return client;
    }

    public static async Task<RpcClient> WithTokenAsync(TestServer server, string token)
    {
        var client = await ConnectAsync(server);
        await client.ResultAsync("session.signIn", new JsonObject { ["token"] = token });
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type)
    {
        using var patience = Patience.Source();
        await socket.SendAsync(bytes, type, endOfMessage: true, patience.Token);
    }

    /// <summary>The next whole message; null when the server closed.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var patience = Patience.Source();
        using var message = new MemoryStream();
        var buffer = new byte[16384];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(message.ToArray());
        }
    }

    /// <summary>Sends a text and returns the next message.</summary>
    public async Task<JsonNode?> AskAsync(string text)
    {
        await SendAsync(text);
        return JsonNode.Parse(await ReceiveAsync() ?? throw new InvalidOperationException("the server closed the connection"));
    }

    /// <summary>The parameters of the next notification of a kind, also when it came before the answer to a call.</summary>
    public async Task<JsonObject> NotificationAsync(string method, Predicate<JsonObject> isWanted)
    {
        while (true)
        {
            var message = _unasked.TryDequeue(out var earlier) ? earlier
                : JsonNode.Parse(await ReceiveAsync() ?? throw new InvalidOperationException($"the server closed the connection before any {method}"))!.AsObject();
            if ((string?)message["method"] == method && message["params"]!.AsObject() is var told && isWanted(told))
                return told;
        }
    }

    /// <summary>The answer to a call, whatever it is; notifications before it are kept for <see cref="NotificationAsync"/>.</summary>
    public async Task<JsonObject> CallAsync(string method, JsonNode? parameters = null)
    {
        var id = ++_id;
        var request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method };
        if (parameters is not null)
            request["params"] = parameters;
        await SendAsync(request.ToJsonString());
        while (true)
        {
            var answer = JsonNode.Parse(await ReceiveAsync() ?? throw new InvalidOperationException($"the server closed the connection instead of answering {method}"))!.AsObject();
            if (answer["id"]?.GetValueKind() == JsonValueKind.Number && answer["id"]!.GetValue<int>() == id)
                return answer;
            _unasked.Enqueue(answer);
        }
    }

    public async Task<JsonNode?> ResultAsync(string method, JsonNode? parameters = null)
    {
        var answer = await CallAsync(method, parameters);
        Assert.False(answer.ContainsKey("error"), $"{method}: {answer["error"]?.ToJsonString()}");
        return answer["result"];
    }

    /// <summary>The error of a call that has to fail.</summary>
    public async Task<JsonObject> ErrorAsync(string method, JsonNode? parameters = null)
    {
        var answer = await CallAsync(method, parameters);
        Assert.True(answer.ContainsKey("error"), $"{method} should have failed: {answer.ToJsonString()}");
        return answer["error"]!.AsObject();
    }

    public async Task<int> CodeAsync(string method, JsonNode? parameters = null) => (await ErrorAsync(method, parameters))["code"]!.GetValue<int>();

    /// <summary>Waits until the server says goodbye.</summary>
    public async Task<WebSocketCloseStatus?> ClosedAsync()
    {
        try
        {
            while (await ReceiveAsync() is not null)
            {
            }
        }
        catch (Exception cut) when (cut is WebSocketException or IOException)
        {
        }
        return socket.CloseStatus;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = Patience.Source();
            if (socket.State == WebSocketState.Open)
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
        }
        socket.Dispose();
    }
}
