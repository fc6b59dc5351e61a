using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Assemblies;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Plugins.Wire;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>
/// One run of a plugin that has said who it is, was configured and loaded. Legal order: <see cref="StartAsync"/>, <see cref="RunAsync"/>, dispose. Safe from any
/// thread otherwise.
/// </summary>
internal sealed class PluginSession : IAsyncDisposable
{
    private readonly IPluginLine _line;
    private readonly PluginReach _reach;
    private readonly PluginOptions _options;
    private readonly ImmutableArray<IPluginFeed> _feeds;
    private readonly TaskCompletionSource<PluginBrokenException> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PluginSession(IPluginLine line, PluginReach reach, IEnumerable<IPluginFeed> feeds, PluginOptions options) =>
        (_line, _reach, _options, _feeds) = (line, reach, options, [.. feeds]);

    /// <summary>The plugin says so.</summary>
    public bool IsTestable { get; private set; }

    public long Slowed => _line.Slowed;

    /// <summary>Fails with <see cref="PluginException"/>, <see cref="PluginBrokenException"/> or <see cref="PluginAnsweredErrorException"/>; nothing of it runs on then.</summary>
    public static async Task<PluginSession> StartAsync(PluginSettings settings, PluginHome home, PluginContext context, CancellationToken token)
    {
        var reach = new PluginReach(settings, home.Log, context);
        PluginSession? session = null;
        try
        {
            session = new(await LineAsync(settings, reach, home, context, token), reach, PluginFeeds.Of(settings, reach.Objects, home.Log, context), context.Options);
            await session.GreetAsync(settings, token);
            return session;
        }
        catch
        {
            if (session is not null)
                await session.DisposeAsync();
            else
                reach.Dispose();
            throw;
        }
    }

    /// <summary>Tells it of what it is to be told, until it breaks or is stopped: then it is asked to unload. Returns how it broke.</summary>
    public async Task<PluginBrokenException> RunAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var feeds = _feeds.Select(feed => feed.RunAsync(_line, over.Token)).Append(Task.Delay(Timeout.Infinite, over.Token)).ToList();
        try
        {
            return await await Task.WhenAny([_broken.Task, BrokenAsync(_line.Ended), .. feeds.Select(BrokenAsync)]);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await SayGoodbyeAsync();
            throw;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(feeds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Fails like the channel.</summary>
    public Task<JsonElement> AskAsync(string method, JsonNode? parameters, CancellationToken token, TimeSpan? longest = null) =>
        _line.AskAsync(method, parameters, longest ?? _options.CallPatience, token);

    /// <summary>A public type of a plugin within the server.</summary>
    public (Type Type, IPluginHost Host)? FindType(string name) => (_line as InProcessLine)?.FindType(name);

    /// <summary>It did not do what it has to, in the eyes of somebody who asked it.</summary>
    public void Break(PluginBrokenException why) => _broken.TrySetResult(why);

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        _reach.Dispose();
    }

    /// <summary>Starts what the plugin runs in.</summary>
    private static async Task<IPluginLine> LineAsync(PluginSettings settings, PluginReach reach, PluginHome home, PluginContext context, CancellationToken token)
    {
        if (context.BuiltIns.Find(settings.Id) is { } builtIn)
            return new InProcessLine(builtIn.Create(), reach.AnswerAsync, context.Options, context.Time);
        var package = PluginPackage.Open(await context.Store.PackageAsync(settings.Id, token) ?? throw new PluginException("Its package is gone. Install it again.", isLasting: true));
        Check(package, settings);
        if (settings.Manifest.Assembly is not null)
            return await LoadAsync(package, settings, reach, home, context, token);
        home.Folders.Prepare(package);
        return await PluginProcess.StartAsync(package, home.Folders, reach.AnswerAsync, home.Log, context.Options, context.Time);
    }

    /// <summary>Loads a plugin into the server, if it may be.</summary>
    private static async Task<IPluginLine> LoadAsync(PluginPackage package, PluginSettings settings, PluginReach reach, PluginHome home, PluginContext context, CancellationToken token)
    {
        if (!(context.Options.AllowInProcess ?? context.Options.Launcher.Count == 0))
            throw new PluginException("It is made to run within the server, and this server's settings do not allow that (Plugins:AllowInProcess, Plugins:Launcher). Change them, or have it made to run as a process of its own.", isLasting: true);
        if (!settings.Given.Has<InProcessWant>())
            throw new PluginException("It is made to run within the server, and nobody has accepted that. Look at what it may, and accept it.", isLasting: true);
        if (!home.Loadings.HasRoom(home.Changed))
            throw new PluginException($"{home.Loadings.Lingering} earlier loadings of it are still in the server's memory: something of theirs, such as a timer or a thread, does not end. Restart the server, and have the plugin mended.", isLasting: true);
        // What is in there may block: the first code of a plugin runs as it is made.
        var loading = Detached.Run(() => Task.FromResult(PluginCode.Load(package, home.Loadings)));
        try
        {
            return new InProcessLine(await loading.WaitAsync(context.Options.CallPatience, context.Time, token).ConfigureAwait(false), reach.AnswerAsync, context.Options, context.Time);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            _ = ReleaseAsync(loading);
            throw late is TimeoutException ? new PluginBrokenException($"was not made within {context.Options.CallPatience.TotalSeconds:0.#} seconds.") : late;
        }
    }

    /// <summary>What is made too late is let go again.</summary>
    private static async Task ReleaseAsync(Task<PluginCode> loading)
    {
        await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loading.IsCompletedSuccessfully)
            (await loading).Release();
    }

    private static void Check(PluginPackage package, PluginSettings settings)
    {
        if (package.Hash != settings.Hash || package.Manifest.Id != settings.Id)
            throw new PluginException("Its package is not the one that was installed. Install it again.", isLasting: true);
        if (!package.Manifest.Contract.Includes(PluginContract.Current))
            throw new PluginException($"It is made for the contract {package.Manifest.Contract.Text}; this server has {PluginContract.Current}. Install another version of it.", isLasting: true);
    }

    /// <summary>Who are you, here is your configuration, begin.</summary>
    private async Task GreetAsync(PluginSettings settings, CancellationToken token)
    {
        var answer = await AskAsync("initialize", new JsonObject
        {
            ["contract"] = PluginContract.Current.ToString(),
            ["accepted"] = new JsonArray([.. settings.Given.Texts.Select(text => (JsonNode)text)]),
            ["pools"] = new JsonArray([.. settings.Pools.Select(pool => (JsonNode)pool)]),
        }, token);
        Expect(answer, "id", settings.Id);
        Expect(answer, "version", settings.Manifest.Version);
        IsTestable = answer.TryGetProperty("testable", out var testable) && testable.ValueKind == JsonValueKind.True;
        if (settings.Configuration is { } configuration)
            await AskAsync("configure", new JsonObject { ["configuration"] = JsonNode.Parse(configuration) }, token);
        await AskAsync("load", null, token);
    }

    private static void Expect(JsonElement answer, string name, string expected)
    {
        var said = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (said != expected)
            throw new PluginException($"Its program says that its {name} is '{ForeignText.Shown(said.Length > 80 ? said[..80] : said)}', and its {ManifestReader.FileName} says '{expected}'. Both have to be the same.", isLasting: true);
    }

    private async Task SayGoodbyeAsync()
    {
        try
        {
            await _line.AskAsync("unload", null, _options.UnloadPatience, CancellationToken.None);
        }
        catch (Exception unheard) when (unheard is PluginBrokenException or PluginAnsweredErrorException)
        {
            // It is ended all the same.
        }
    }

    private static async Task<PluginBrokenException> BrokenAsync(Task running)
    {
        try
        {
            await running;
            return PluginBrokenException.Ended();
        }
        catch (PluginBrokenException broken)
        {
            return broken;
        }
    }
}
