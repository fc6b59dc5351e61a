using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Plugins.Assemblies;
using XoBlazor.Core.Plugins.Wire;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>
/// One plugin from its loading to its unloading: a process that failed is started again after a pause that grows, and after too many failures in a row the plugin stays
/// unloaded and says why. Whatever a plugin does ends in <see cref="Status"/>, never in an exception elsewhere. Loaded and unloaded by one caller at a time; the rest is
/// safe from any thread.
/// </summary>
internal sealed partial class PluginRuntime(PluginContext context, PluginLog log, PluginFolders folders, Action changed)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private readonly PluginLoadings _loadings = new(context.Time);
    private volatile PluginStatus _status = PluginStatus.Unloaded;
    private volatile PluginSession? _session;
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private volatile string _name = "The plugin";

    public PluginStatus Status => _status with { Slowed = _session?.Slowed ?? 0, Lingering = _loadings.Lingering };

    /// <summary>What of its code may be in memory, for one that runs within the server.</summary>
    public PluginLoadings Loadings => _loadings;

    /// <summary>It is loaded, or on its way to be, or tries again.</summary>
    public bool IsWanted => _stop is not null && !_loop.IsCompleted;

    /// <summary>Begins. Returns when the plugin is loaded; fails with <see cref="PluginException"/> when its first start fails, and then stays unloaded.</summary>
    public async Task LoadAsync(PluginSettings settings, CancellationToken token)
    {
        var first = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Begin(settings, first);
        if (await first.Task.WaitAsync(token) is { } problem)
            throw new PluginException($"{settings.Manifest.Name} was not loaded. {problem}");
    }

    /// <summary>Begins, and tries again where the first start fails.</summary>
    public void Begin(PluginSettings settings, TaskCompletionSource<string?>? first = null)
    {
        _name = settings.Manifest.Name;
        _stop?.Dispose();
        _stop = new();
        _loop = RunAsync(settings, first, _stop.Token);
    }

    /// <summary>Asks the plugin to end, and ends it when it does not.</summary>
    public async Task UnloadAsync()
    {
        if (_stop is not { } stop)
            return;
        await stop.CancelAsync();
        await _loop;
        stop.Dispose();
        _stop = null;
        Tell(PluginStatus.Unloaded);
    }

    /// <summary>Gives a loaded plugin another configuration. Fails with <see cref="PluginException"/> in its words.</summary>
    public Task ConfigureAsync(JsonObject configuration, CancellationToken token) => AskAsync("configure", new JsonObject { ["configuration"] = configuration.DeepClone() }, token);

    /// <summary>Has a loaded plugin try out what it does. Fails with <see cref="PluginException"/> in its words.</summary>
    public Task<JsonElement> TestAsync(JsonNode? data, CancellationToken token) => AskAsync("test", new JsonObject { ["data"] = data?.DeepClone() }, token);

    /// <summary>A public type of the loaded plugin; null for one that is not within the server.</summary>
    public (Type Type, IPluginHost Host)? FindType(string name) => _session?.FindType(name);

    /// <summary>Asks the loaded plugin. Fails with <see cref="PluginException"/>; one that breaks is ended for it.</summary>
    public async Task<JsonElement> AskAsync(string method, JsonNode? parameters, CancellationToken token, TimeSpan? longest = null)
    {
        var (session, stop) = (_session ?? throw new PluginException($"{_name} is not loaded."), _stop);
        try
        {
            return await session.AskAsync(method, parameters, token, longest);
        }
        catch (PluginAnsweredErrorException error)
        {
            throw new PluginException($"{_name} says: {error.Message}", error.IsLasting);
        }
        // One that is unloaded may end by itself, before it is told off.
        catch (Exception ended) when (ended is OperationCanceledException ? !token.IsCancellationRequested : ended is PluginBrokenException && stop is { IsCancellationRequested: true })
        {
            throw new PluginException($"{_name} was unloaded meanwhile.");
        }
        catch (PluginBrokenException broken)
        {
            session.Break(broken);
            throw new PluginException($"{_name} {broken.Message}");
        }
    }

    private async Task RunAsync(PluginSettings settings, TaskCompletionSource<string?>? first, CancellationToken stop)
    {
        for (var failures = 0; ;)
        {
            var began = context.Time.GetTimestamp();
            Tell(new(PluginState.Loading, _status.Problem, failures));
            var (problem, isLasting) = await RunOnceAsync(settings, first, failures, stop);
            if (stop.IsCancellationRequested)
            {
                first?.TrySetResult("It was unloaded meanwhile.");
                return;
            }

            failures = context.Time.GetElapsedTime(began) >= context.Options.Calm ? 1 : failures + 1;
            LogFailed(context.Logger, settings.Id, failures, problem);
            if (isLasting || failures >= context.Options.MostFailures || first is { Task.IsCompleted: false })
            {
                Tell(new(PluginState.GivenUp, isLasting || failures == 1 ? problem : $"It failed {failures} times in a row and stays unloaded. The last time: {problem}", failures));
                first?.TrySetResult(problem);
                return;
            }

            Tell(new(PluginState.Waiting, problem, failures));
            await Task.Delay(Pause(failures), context.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One process from start to end: why it ended, and whether that lasts.</summary>
    private async Task<(string Problem, bool IsLasting)> RunOnceAsync(PluginSettings settings, TaskCompletionSource<string?>? first, int failures, CancellationToken stop)
    {
        try
        {
            await using var session = await PluginSession.StartAsync(settings, new(log, folders, _loadings, changed), context, stop);
            _session = session;
            Tell(new(PluginState.Loaded, failures == 0 ? null : _status.Problem, failures, session.IsTestable));
            first?.TrySetResult(null);
            return ($"The plugin {(await session.RunAsync(stop)).Message}", false);
        }
        catch (PluginException refused)
        {
            return (refused.Message, refused.IsLasting);
        }
        catch (PluginBrokenException broken)
        {
            return ($"The plugin {broken.Message}", false);
        }
        catch (PluginAnsweredErrorException error)
        {
            return ($"The plugin says: {error.Message}", error.IsLasting);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ("", false);
        }
        catch (Exception unexpected)
        {
            LogBroken(context.Logger, unexpected, settings.Id);
            return ("An internal error; the server's log has the details.", false);
        }
        finally
        {
            _session = null;
            if (settings.Manifest.Assembly is not null)
                _ = _loadings.LookAsync(() => _session is not null, changed, context.Stopping).ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        }
    }

    private TimeSpan Pause(int failures)
    {
        var pause = context.Options.RestartPause * Math.Pow(2, failures - 1);
        return (pause < s_longestPause ? pause : s_longestPause) * (1 + Random.Shared.NextDouble() / 4);
    }

    private void Tell(PluginStatus status)
    {
        _status = status;
        changed();
    }

    [LoggerMessage(LogLevel.Warning, "The plugin {Plugin} failed, {Failures} times now: {Problem}")]
    private static partial void LogFailed(ILogger logger, string plugin, int failures, string problem);

    [LoggerMessage(LogLevel.Error, "Running the plugin {Plugin} broke")]
    private static partial void LogBroken(ILogger logger, Exception exception, string plugin);
}
