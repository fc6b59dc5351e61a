using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins.Assemblies;
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

    private readonly PluginCode? _code;
    private readonly PluginRequestHandler _handler;
    private readonly PluginOptions _options;
    private readonly TimeProvider _time;
    private readonly MessagePace _pace;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _atOnce = new(MostAtOnce);
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Plugin? _plugin;

    public InProcessLine(Plugin plugin, PluginRequestHandler handler, PluginOptions options, TimeProvider time)
    {
        (_plugin, _handler, _options, _time) = (plugin, handler, options, time);
        _pace = new(options.MostMessagesPerSecond, time);
        plugin.Attach(this);
    }

    /// <summary>For one whose code goes with the line.</summary>
    public InProcessLine(PluginCode code, PluginRequestHandler handler, PluginOptions options, TimeProvider time) : this(code.Plugin, handler, options, time) => _code = code;

    public Task Ended => _ended.Task;

    public long Slowed => _pace.Slowed;

    public async Task<JsonElement> AskAsync(string method, JsonNode? parameters, TimeSpan patience, CancellationToken token)
    {
        var plugin = _plugin ?? throw PluginBrokenException.Ended();
        // Whoever cancels does not run what the plugin does then.
        var limit = new CancellationTokenSource();
        using var given = token.UnsafeRegister(static limit => Cancel((CancellationTokenSource)limit!), limit);
        using var over = _over.Token.UnsafeRegister(static limit => Cancel((CancellationTokenSource)limit!), limit);
        var asking = Begin(plugin, method, JsonSerializer.SerializeToElement(parameters), limit.Token);
        try
        {
            return JsonDocument.Parse(await asking.WaitAsync(patience, _time, limit.Token).ConfigureAwait(false)).RootElement;
        }
        catch (TimeoutException) when (!asking.IsCompleted)
        {
            Cancel(limit);
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
            throw new PluginAnsweredErrorException(PluginCode.Words(failed), failed is PluginRefusedException { Code: PluginRefusedException.Lasting });
        }
    }

    /// <summary>A public type of the plugin's own assembly, and the server as it sees it; null when there is none.</summary>
    public (Type Type, IPluginHost Host)? FindType(string name) => _plugin?.GetType().Assembly.GetType(name) is { IsVisible: true } type ? (type, this) : null;

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
            return JsonSerializer.SerializeToElement(await _handler(method, Asked(parameters), limit.Token).ConfigureAwait(false));
        }
        finally
        {
            _atOnce.Release();
        }
    }

    /// <summary>What it still asks fails from here on; its calls are told to stop; its code is let go.</summary>
    public ValueTask DisposeAsync()
    {
        // Not waited for: what runs of the plugin then may take its time.
        Cancel(_over);
        _ended.TrySetException(PluginBrokenException.Ended());
        _ = _ended.Task.Exception;
        _plugin = null;
        _code?.Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// On a thread of its own turn: what blocks in there does not block whoever asks, and nothing that belongs to whoever asks goes along. The answer is written there, too, as
    /// parts of it may be the plugin's own.
    /// </summary>
    private Task<byte[]> Begin(Plugin plugin, string method, JsonElement parameters, CancellationToken token)
    {
        var asking = Detached.Run(async () => Bounded(await plugin.AnswerAsync(method, parameters, token).ConfigureAwait(false)));
        _ = asking.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return asking;
    }

    private byte[] Bounded(JsonNode? answer)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer);
        return bytes.Length <= _options.MostMessageBytes ? bytes : throw new PluginBrokenException($"answered with more than {_options.MostMessageBytes / 1024} KiB.");
    }

    private JsonElement Asked(JsonObject? parameters)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(parameters);
        return bytes.Length <= _options.MostMessageBytes ? JsonDocument.Parse(bytes).RootElement
            : throw new PluginRefusedException(PluginRefusedException.TooMuch, $"A plugin asks with at most {_options.MostMessageBytes / 1024} KiB. Ask for less at a time.");
    }

    private static void Cancel(CancellationTokenSource source) => _ = source.CancelAsync().ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
}
