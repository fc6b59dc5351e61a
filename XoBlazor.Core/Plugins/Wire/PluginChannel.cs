using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using XoBlazor.Core.Model;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Wire;

/// <summary>Answers what a plugin asks. Fails with <see cref="PluginRefusedException"/>.</summary>
internal delegate ValueTask<JsonNode?> PluginRequestHandler(string method, JsonElement parameters, CancellationToken token);

/// <summary>
/// JSON-RPC 2.0 in both directions over a plugin's standard input and output, a message a line. Both directions are bounded: so many messages wait to be sent, so many
/// requests are answered at once, and a plugin that sends more than it may is read more slowly, until its own pipe is full. Safe from any thread.
/// </summary>
internal sealed class PluginChannel : IDisposable
{
    private const int MostQueued = 64;
    private const int MostAtOnce = 8;
    public const int LongestError = 500;

    private readonly Stream _to;
    private readonly MessageReader _reader;
    private readonly PluginRequestHandler _handler;
    private readonly PluginOptions _options;
    private readonly TimeProvider _time;
    private readonly MessagePace _pace;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(MostQueued);
    private readonly SemaphoreSlim _atOnce = new(MostAtOnce);
    private long _lastId;

    /// <param name="from">The plugin's standard output.</param>
    /// <param name="to">The plugin's standard input.</param>
    public PluginChannel(Stream from, Stream to, PluginRequestHandler handler, PluginOptions options, TimeProvider time)
    {
        (_to, _handler, _options, _time) = (to, handler, options, time);
        _reader = new(from, options.MostMessageBytes);
        _pace = new(options.MostMessagesPerSecond, time);
    }

    /// <summary>How often the plugin was read more slowly.</summary>
    public long Slowed => _pace.Slowed;

    /// <summary>Carries messages until the plugin is gone or breaks the contract, which is a <see cref="PluginBrokenException"/>, or the token ends it. Whoever waits for an answer then learns that.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        var (reading, writing) = (ReadAsync(over.Token), WriteAsync(over.Token));
        var why = PluginBrokenException.Ended();
        try
        {
            await (await Task.WhenAny(reading, writing).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (PluginBrokenException broken)
        {
            why = broken;
            throw;
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            _outgoing.Writer.TryComplete(why);
            foreach (var one in _asked.Values)
                one.TrySetException(why);
            // The other direction ends with the process, which whoever runs this ends next.
            _ = Task.WhenAll(reading, writing).ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        }

        throw why;
    }

    /// <summary>Asks the plugin. Fails with <see cref="PluginBrokenException"/> when it is gone or does not answer in time, <see cref="PluginAnsweredErrorException"/> when it answers with an error.</summary>
    public async Task<JsonElement> AskAsync(string method, JsonNode? parameters, TimeSpan patience, CancellationToken token)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        // Read by nobody when the wait is given up.
        _ = answer.Task.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        try
        {
            return await AskAsync(id, method, parameters, answer.Task, token).WaitAsync(patience, _time, token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new PluginBrokenException($"did not answer '{method}' within {patience.TotalSeconds:0.#} seconds.");
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    public void Dispose() => _atOnce.Dispose();

    private async Task<JsonElement> AskAsync(long id, string method, JsonNode? parameters, Task<JsonElement> answer, CancellationToken token)
    {
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters ?? new JsonObject() }, token).ConfigureAwait(false);
        return await answer.ConfigureAwait(false);
    }

    private async Task SendAsync(JsonObject message, CancellationToken token)
    {
        try
        {
            await _outgoing.Writer.WriteAsync([.. JsonSerializer.SerializeToUtf8Bytes(message), (byte)'\n'], token).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException as PluginBrokenException ?? PluginBrokenException.Ended();
        }
    }

    private async Task WriteAsync(CancellationToken token)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(token).ConfigureAwait(false))
            {
                await _to.WriteAsync(message, token).AsTask().WaitAsync(_options.CallPatience, _time, token).ConfigureAwait(false);
                await _to.FlushAsync(token).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            throw new PluginBrokenException("does not read what it is sent.");
        }
        catch (IOException)
        {
            // Most often the process is gone, and its exit code tells more.
            throw PluginBrokenException.Ended();
        }
    }

    private async Task ReadAsync(CancellationToken token)
    {
        try
        {
            while (await _reader.NextAsync(token).ConfigureAwait(false) is { } message)
                await TakeAsync(message, token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }

        throw PluginBrokenException.Ended();
    }

    private async Task TakeAsync(JsonDocument message, CancellationToken token)
    {
        await _pace.WaitAsync(token).ConfigureAwait(false);
        var root = message.RootElement;
        if (!root.TryGetProperty("method", out var method))
        {
            using (message)
                TakeAnswer(root);
            return;
        }

        if (method.ValueKind != JsonValueKind.String)
            throw new PluginBrokenException("sent a request whose method is no text.");
        await _atOnce.WaitAsync(token).ConfigureAwait(false);
        _ = AnswerAsync(message, method.GetString()!, token);
    }

    private void TakeAnswer(JsonElement root)
    {
        // An answer that nobody waits for any more came too late.
        if (!root.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var number) || !_asked.TryRemove(number, out var asked))
            return;
        if (root.TryGetProperty("error", out var error))
            asked.TrySetException(new PluginAnsweredErrorException(
                error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var words) && words.ValueKind == JsonValueKind.String
                    ? Short(words.GetString()!) : "an error without words",
                error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var kind) && kind == PluginRefusedException.Lasting));
        else
            asked.TrySetResult(root.TryGetProperty("result", out var result) ? result.Clone() : default);
    }

    /// <summary>Never fails: what cannot be sent any more is of no use to a plugin that is gone.</summary>
    private async Task AnswerAsync(JsonDocument message, string method, CancellationToken token)
    {
        using var asked = message;
        try
        {
            var answer = new JsonObject { ["jsonrpc"] = "2.0" };
            if (asked.RootElement.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                answer["id"] = JsonNode.Parse(id.GetRawText());
            try
            {
                answer["result"] = await _handler(method, asked.RootElement.TryGetProperty("params", out var parameters) ? parameters : default, token).ConfigureAwait(false);
            }
            catch (PluginRefusedException refused)
            {
                answer["error"] = new JsonObject { ["code"] = refused.Code, ["message"] = refused.Message };
            }

            if (answer.ContainsKey("id"))
                await SendAsync(answer, token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or PluginBrokenException)
        {
            // Nobody is left to be answered.
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        try
        {
            _atOnce.Release();
        }
        catch (ObjectDisposedException)
        {
            // An operation outlived the plugin that asked for it.
        }
    }

    private static string Short(string text) => ForeignText.Shown(text.Length > LongestError ? text[..LongestError] + "…" : text);
}
