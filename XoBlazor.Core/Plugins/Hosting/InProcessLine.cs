using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Wire;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>
/// The way to a plugin within the server's process: the same messages as over a pipe, handed over as values, so that neither side holds objects of the other. What it asks is
/// bounded as there. A call that does not return cannot be ended; nobody waits for it, and the plugin counts as broken.
/// </summary>
internal sealed class InProcessLine : IPluginLine, IPluginHost
{
    private const int MostAtOnce = 8;

    private readonly Plugin _plugin;
    private readonly PluginRequestHandler _handler;
    private readonly PluginOptions _options;
    private readonly TimeProvider _time;
    private readonly MessagePace _pace;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _atOnce = new(MostAtOnce);
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InProcessLine(Plugin plugin, PluginRequestHandler handler, PluginOptions options, TimeProvider time)
    {
        (_plugin, _handler, _options, _time) = (plugin, handler, options, time);
        _pace = new(options.MostMessagesPerSecond, time);
        plugin.Attach(this);
    }

    public Task Ended => _ended.Task;

    public long Slowed => _pace.Slowed;

    public async Task<JsonElement> AskAsync(string method, JsonNode? parameters, TimeSpan patience, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token, _over.Token);
        // On a thread of its own turn: what blocks in there does not block whoever asks.
        var asking = Task.Run(() => _plugin.AnswerAsync(method, JsonSerializer.SerializeToElement(parameters), limit.Token), CancellationToken.None);
        _ = asking.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        try
        {
            return Bounded(await asking.WaitAsync(patience, _time, limit.Token).ConfigureAwait(false));
        }
        catch (TimeoutException) when (!asking.IsCompleted)
        {
            await limit.CancelAsync().ConfigureAwait(false);
            throw new PluginBrokenException($"did not answer '{method}' within {patience.TotalSeconds:0.#} seconds.");
        }
        catch (Exception) when (!asking.IsCompleted && token.IsCancellationRequested)
        {
            throw new OperationCanceledException(token);
        }
        catch (Exception) when (_over.IsCancellationRequested && !asking.IsFaulted)
        {
            throw PluginBrokenException.Ended();
        }
        catch (Exception failed) when (failed is not PluginBrokenException)
        {
            throw new PluginAnsweredErrorException(Words(failed));
        }
    }

    async Task<JsonElement> IPluginHost.AskAsync(string method, JsonObject? parameters, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        await _turn.WaitAsync(limit.Token).ConfigureAwait(false);
        try
        {
            await _pace.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }

        await _atOnce.WaitAsync(limit.Token).ConfigureAwait(false);
        try
        {
            return JsonSerializer.SerializeToElement(await _handler(method, JsonSerializer.SerializeToElement(parameters), limit.Token).ConfigureAwait(false));
        }
        finally
        {
            _atOnce.Release();
        }
    }

    /// <summary>What it still asks fails from here on; its calls are told to stop.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _ended.TrySetException(PluginBrokenException.Ended());
        _ = _ended.Task.Exception;
    }

    private JsonElement Bounded(JsonNode? answer)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer);
        return bytes.Length <= _options.MostMessageBytes ? JsonDocument.Parse(bytes).RootElement
            : throw new PluginBrokenException($"answered with more than {_options.MostMessageBytes / 1024} KiB.");
    }

    private static string Words(Exception failed) => ForeignText.Shown(failed.Message.Length switch
    {
        0 => failed.GetType().Name,
        > PluginChannel.LongestError => failed.Message[..PluginChannel.LongestError] + "…",
        _ => failed.Message,
    });
}
