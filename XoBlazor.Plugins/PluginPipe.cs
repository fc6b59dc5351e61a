using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>
/// The plugin's end of the wire: JSON-RPC 2.0 in both directions, a message a line. So many requests of the server are answered at once; beyond, they wait in the pipe. Safe from any
/// thread; run once.
/// </summary>
internal sealed class PluginPipe : IPluginHost
{
    private const int MostMessageBytes = 64 * 1024 * 1024;
    private const int MostAtOnce = 32;

    private readonly Plugin _plugin;
    private readonly Stream _from;
    private readonly Stream _to;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _atOnce = new(MostAtOnce);
    private readonly CancellationTokenSource _over = new();
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private long _lastId;

    public PluginPipe(Plugin plugin, Stream from, Stream to)
    {
        (_plugin, _from, _to) = (plugin, from, to);
        plugin.Attach(this);
    }

    /// <summary>Until the server is gone. Fails with <see cref="InvalidDataException"/> for what is no message of the contract.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ReadLineAsync().ConfigureAwait(false) is { } line)
                if (line.Length > 0)
                    await TakeAsync(line).ConfigureAwait(false);
        }
        finally
        {
            await _over.CancelAsync().ConfigureAwait(false);
            foreach (var one in _asked.Values)
                one.TrySetCanceled(_over.Token);
        }
    }

    public async Task<JsonElement> AskAsync(string method, JsonObject? parameters, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
            await SendAsync(new() { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters?.DeepClone() ?? new JsonObject() }, limit.Token).ConfigureAwait(false);
            return await answer.Task.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> line)
    {
        JsonElement message;
        try
        {
            message = JsonElement.Parse(line.Span);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"What came from the server is no JSON: {broken.Message}", broken);
        }

        if (message.TryGetProperty("method", out var method))
        {
            await _atOnce.WaitAsync().ConfigureAwait(false);
            _ = Task.Run(() => AnswerAsync(message, method.GetString()!));
        }
        else if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && _asked.TryRemove(id.GetInt64(), out var asked))
        {
            if (message.TryGetProperty("error", out var error))
                asked.TrySetException(new PluginRefusedException(error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString() ?? ""));
            else
                asked.TrySetResult(message.TryGetProperty("result", out var result) && result.ValueKind != JsonValueKind.Null ? result : default);
        }
    }

    /// <summary>Never fails: a server that is gone needs no answer.</summary>
    private async Task AnswerAsync(JsonElement message, string method)
    {
        try
        {
            var answer = new JsonObject { ["jsonrpc"] = "2.0" };
            if (message.TryGetProperty("id", out var id))
                answer["id"] = JsonNode.Parse(id.GetRawText());
            try
            {
                answer["result"] = await _plugin.AnswerAsync(method, message.TryGetProperty("params", out var parameters) ? parameters : default, _over.Token).ConfigureAwait(false);
            }
            catch (Exception failed)
            {
                answer["error"] = new JsonObject { ["code"] = failed is PluginRefusedException refused ? refused.Code : PluginRefusedException.Internal, ["message"] = failed.Message };
            }

            if (answer.ContainsKey("id"))
                await SendAsync(answer, _over.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Nobody is left to be answered.
        }
        finally
        {
            _atOnce.Release();
        }
    }

    private async Task SendAsync(JsonObject message, CancellationToken token)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message), (byte)'\n'];
        await _writing.WaitAsync(token).ConfigureAwait(false);
        try
        {
            // Half a line would break all that follow: one that has begun is written to its end.
            await _to.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            await _to.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>A line without its end; null when there are no more.</summary>
    private async Task<byte[]?> ReadLineAsync()
    {
        for (var looked = 0; ;)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', looked, _filled - looked);
            if (end >= 0)
            {
                var line = _buffer[..end];
                _filled -= end + 1;
                Array.Copy(_buffer, end + 1, _buffer, 0, _filled);
                return line;
            }

            looked = _filled;
            if (_filled == _buffer.Length)
                Array.Resize(ref _buffer, _filled < MostMessageBytes ? Math.Min(_filled * 2, MostMessageBytes) : throw new InvalidDataException($"The server sent a line of more than {MostMessageBytes} bytes."));
            var read = await _from.ReadAsync(_buffer.AsMemory(_filled)).ConfigureAwait(false);
            if (read == 0)
                return null;
            _filled += read;
        }
    }
}
