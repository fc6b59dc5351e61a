using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>
/// A connection to a server's JSON-RPC socket. Calls may be made at once from several threads; answers find their call by its id. Of what the server says by itself
/// only <c>changes</c> are kept, and those bounded: whoever takes them slowly slows the server down.
/// </summary>
internal sealed class ServerLink : IAsyncDisposable
{
    private const int MostBytes = 1 << 30;
    private const int MostChanges = 256;

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonObject>> _calls = [];
    private readonly Channel<JsonObject> _changes = Channel.CreateBounded<JsonObject>(MostChanges);
    private readonly Task _reading;
    private long _id;

    private ServerLink(ClientWebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    /// <summary>Messages named <c>changes</c>, whole; ends with the connection, by <see cref="LinkLostException"/>.</summary>
    public ChannelReader<JsonObject> Changes => _changes.Reader;

    /// <summary>Fails with what the socket fails with.</summary>
    public static async Task<ServerLink> ConnectAsync(Uri server, CertificateTrust trust, CancellationToken token)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => trust.Judge(certificate, errors);
            socket.Options.SetRequestHeader("User-Agent", $"xo-blazor-cli/{ProductVersion.Text}");
            var address = new UriBuilder(new Uri(server, "api/")) { Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
            await socket.ConnectAsync(address.Uri, token);
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Fails with <see cref="RpcException"/> when the server says no, and with <see cref="LinkLostException"/> when it says nothing more.</summary>
    public async Task<JsonNode?> CallAsync(string method, JsonObject? parameters, CancellationToken token)
    {
        var id = Interlocked.Increment(ref _id);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        try
        {
            // It may have ended before the call was noted.
            if (_reading.IsCompleted)
                throw new LinkLostException("The server has closed the connection.");
            var request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(request), token);
            var told = await answer.Task.WaitAsync(token);
            return told["error"] is JsonObject error
                ? throw new RpcException((int?)error["code"] ?? 0, (string?)error["message"] ?? "the server gave no reason", error["data"])
                : told["result"];
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(s_goodbye);
        try
        {
            if (_socket.State == WebSocketState.Open)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
            await _over.CancelAsync();
            await _reading;
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
            // It was over already.
        }
        _socket.Dispose();
        _over.Dispose();
        _sending.Dispose();
    }

    private async Task SendAsync(byte[] message, CancellationToken token)
    {
        await _sending.WaitAsync(token);
        try
        {
            // Half a message would end the connection for all calls.
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _over.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            throw new LinkLostException("The connection to the server is gone.", gone);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        LinkLostException lost;
        try
        {
            while (await ReceiveAsync() is { } message)
                await TakeAsync(message);
            lost = new(_socket.CloseStatusDescription is { Length: > 0 } why ? $"The server has closed the connection: {why}." : "The server has closed the connection.");
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            lost = new("The connection to the server is gone.", gone);
        }

        _changes.Writer.TryComplete(lost);
        foreach (var call in _calls.Values)
            call.TrySetException(lost);
    }

    private async Task TakeAsync(JsonObject message)
    {
        if (message["id"] is JsonValue value && value.TryGetValue<long>(out var id))
        {
            if (_calls.TryGetValue(id, out var call))
                call.TrySetResult(message);
        }
        else if (message["method"] is JsonValue method && method.TryGetValue<string>(out var name) && name == "changes" && message["params"] is JsonObject change)
        {
            await _changes.Writer.WriteAsync(change, _over.Token);
        }
    }

    private async Task<JsonObject?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(piece, _over.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(piece, 0, part.Count);
            if (message.Length > MostBytes)
                throw new IOException("The server sends too much at once.");
            if (part.EndOfMessage)
                return JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length)) as JsonObject ?? throw new JsonException("a message has to be an object");
        }
    }
}
