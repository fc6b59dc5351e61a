using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.Assemblies;
using XoBlazor.Core.Plugins.Hosting;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins;

/// <summary>
/// All installed plugins: kept, loaded and unloaded. Judges nobody; whoever calls has asked for the right. What is refused comes as <see cref="PluginException"/>. Safe from
/// any thread; what is done to one plugin is done one after the other.
/// </summary>
public sealed class PluginFleet
{
    public const int Most = 100;

    private readonly PluginContext _context;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ProvidedOperations _provided;
    private readonly SemaphoreSlim _installing = new(1, 1);

    internal PluginFleet(PluginContext context)
    {
        _context = context;
        _provided = new(this, context);
        context.Schedules.Changed += () => Changed?.Invoke();
    }

    /// <summary>What of the server its plugins work with.</summary>
    internal PluginContext Context => _context;

    /// <summary>Something of some plugin is different. Handlers only take note and do not throw.</summary>
    public event Action? Changed;

    /// <summary>By name.</summary>
    public ImmutableArray<InstalledPlugin> All => [.. _entries.Values.Select(entry => entry.Seen()).OrderBy(plugin => plugin.Settings.Manifest.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Loaded plugins that were given wants of a kind, with each of these.</summary>
    public IEnumerable<(InstalledPlugin Plugin, TWant Want)> Having<TWant>() where TWant : Want =>
        All.Where(plugin => plugin.Status.State == PluginState.Loaded).SelectMany(plugin => plugin.Settings.Given.Of<TWant>().Select(want => (plugin, want)));

    /// <summary>Asks a loaded plugin something of the contract. Fails with <see cref="PluginException"/> in words: it is not loaded, says no, or does not answer in time, and is then on its way to be ended.</summary>
    /// <param name="patience">For the answer; no longer than any answer may take, which is also what is meant by null.</param>
    public async Task<JsonElement> AskAsync(string id, string method, JsonNode? parameters, TimeSpan? patience, CancellationToken token)
    {
        var entry = _entries.GetValueOrDefault(id) ?? throw Gone(id);
        var asking = entry.Runtime.AskAsync(method, parameters, token);
        try
        {
            return await (patience is { } limit ? asking.WaitAsync(limit, _context.Time, token) : asking);
        }
        catch (TimeoutException)
        {
            _ = asking.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
            throw new PluginException($"{entry.Name} did not answer within {patience!.Value.TotalSeconds:0.#} seconds.");
        }
    }

    /// <summary>The same for work that may take long: the plugin is ended only when it has not answered after <paramref name="longest"/>.</summary>
    internal Task<JsonElement> AskLongAsync(string id, string method, JsonNode? parameters, TimeSpan longest, CancellationToken token) =>
        (_entries.GetValueOrDefault(id) ?? throw Gone(id)).Runtime.AskAsync(method, parameters, token, longest);

    public InstalledPlugin? Find(string id) => _entries.GetValueOrDefault(id)?.Seen();

    /// <summary>
    /// A public type of a loaded plugin that runs within the server, such as a component that draws a page of its own, and the server as that plugin sees it; null when there is none. What
    /// has been drawn of it may keep the plugin's code in memory until the server ends.
    /// </summary>
    /// <param name="type">Its full name.</param>
    public (Type Type, IPluginHost Host)? FindType(string id, string type) => _entries.GetValueOrDefault(id)?.Runtime.FindType(type);

    /// <summary>What of the code of an installed plugin may be in memory.</summary>
    internal PluginLoadings LoadingsOf(string id) => _entries[id].Runtime.Loadings;

    /// <summary>Reads what is installed, and loads what is to be loaded at the start; does not wait for that.</summary>
    public async Task StartAsync(CancellationToken token)
    {
        foreach (var settings in _context.BuiltIns.With(await _context.Store.LoadAsync(token)))
        {
            var entry = _entries[settings.Id] = new(settings, _context, Tell);
            if (settings.IsAutoloaded && settings.Accepted is not null && IsConfigured(settings))
                entry.Runtime.Begin(settings with { Configuration = settings.Configuration ?? Defaults(settings) });
        }
    }

    /// <summary>Unloads all.</summary>
    public Task StopAsync() => Task.WhenAll(_entries.Values.Select(entry => entry.Runtime.UnloadAsync()));

    /// <summary>
    /// Takes a plugin in, or another version of one: that keeps what was accepted, as far as it still wants it, and a configuration that fits it, and is not loaded until somebody
    /// loads it.
    /// </summary>
    public async Task<InstalledPlugin> InstallAsync(PluginPackage package, string by, CancellationToken token)
    {
        var manifest = package.Manifest;
        if (!manifest.Contract.Includes(PluginContract.Current))
            throw new PluginException($"{manifest.Name} is made for the contract {manifest.Contract.Text}; this server has {PluginContract.Current}. Install another version of it.");
        if (_context.BuiltIns.Find(manifest.Id) is not null)
            throw new PluginException($"'{manifest.Id}' is a plugin that comes with the server. Give yours another id.");
        if (manifest.Wants.All.Select(want => want.Problem(_context.Operations)).OfType<string>().FirstOrDefault() is { } problem)
            throw new PluginException($"{manifest.Name} wants {problem}");

        await _installing.WaitAsync(token);
        try
        {
            if (!_entries.ContainsKey(manifest.Id) && _entries.Values.Count(entry => !entry.Settings.Manifest.IsBuiltIn) >= Most)
                throw new PluginException($"{Most} plugins are installed already. Remove one first.");
            var settings = new PluginSettings { Manifest = manifest, Hash = package.Hash, Installed = _context.Time.GetUtcNow(), InstalledBy = by };
            if (!_entries.TryGetValue(manifest.Id, out var entry))
            {
                await _context.Store.SaveAsync(settings, package.Zip, token);
                entry = _entries[manifest.Id] = new(settings, _context, Tell);
            }
            else
            {
                await entry.DoAsync(async () =>
                {
                    await entry.Runtime.UnloadAsync();
                    var before = entry.Settings;
                    await entry.SaveAsync(settings with
                    {
                        Accepted = before.Accepted is { } accepted ? manifest.Wants.Only(accepted.Texts.ToHashSet(StringComparer.Ordinal)) : null,
                        Pools = before.Pools,
                        IsAutoloaded = before.IsAutoloaded,
                        Configuration = before.Configuration is { } configuration ? Fitting(manifest, configuration) : null,
                    }, package.Zip);
                }, token);
            }
            Tell();
            return entry.Seen();
        }
        finally
        {
            _installing.Release();
        }
    }

    /// <summary>Gives a plugin these of its wants, and takes all others from it. One that is loaded is loaded anew, so that nothing holds any more that does not hold now.</summary>
    /// <param name="wants">Texts of <see cref="PluginWants.Texts"/>.</param>
    /// <param name="pools">The uuids of the pools in which it holds; empty for all.</param>
    public Task AcceptAsync(string id, IReadOnlyCollection<string> wants, ImmutableArray<string> pools, CancellationToken token) => DoAsync(id, async entry =>
    {
        if (wants.FirstOrDefault(want => !entry.Settings.Manifest.Wants.Texts.Contains(want)) is { } unwanted)
            throw new PluginException($"{entry.Name} does not want '{Model.ForeignText.Shown(unwanted)}'. Reload the page: another version may be installed.");
        var wasWanted = entry.Runtime.IsWanted;
        await entry.Runtime.UnloadAsync();
        await entry.SaveAsync(entry.Settings with { Accepted = entry.Settings.Manifest.Wants.Only(wants), Pools = pools });
        // What is recorded while it may not read the audit, it is not told later.
        if (!entry.Settings.Given.Has<AuditWant>())
            await _context.Store.SetValueAsync(id, AuditFeed.Place, null, CancellationToken.None);
        if (wasWanted)
            entry.Runtime.Begin(entry.Settings);
    }, token);

    public Task LoadAsync(string id, CancellationToken token) => DoAsync(id, async entry =>
    {
        if (entry.Runtime.IsWanted)
            throw new PluginException($"{entry.Name} is loaded already.");
        if (entry.Settings.Accepted is null)
            throw new PluginException($"Nobody has looked at what {entry.Name} wants. Accept it, or a part of it, first.");
        if (!IsConfigured(entry.Settings))
            throw new PluginException($"{entry.Name} is not configured. Configure it first.");
        if (entry.Settings.Configuration is null && Defaults(entry.Settings) is { } defaults)
            await entry.SaveAsync(entry.Settings with { Configuration = defaults });
        await entry.Runtime.LoadAsync(entry.Settings, token);
    }, token);

    public Task UnloadAsync(string id, CancellationToken token) => DoAsync(id, async entry =>
    {
        if (!entry.Runtime.IsWanted)
            throw new PluginException($"{entry.Name} is unloaded already.");
        if (entry.Settings.Manifest.IsAlwaysLoaded)
            throw new PluginException($"{entry.Name} is a part of the server and cannot be unloaded. What it does is turned off where it is configured.");
        await entry.Runtime.UnloadAsync();
    }, token);

    /// <summary>Whether it is loaded when the server starts.</summary>
    public Task AutoloadAsync(string id, bool isWanted, CancellationToken token) =>
        DoAsync(id, entry => entry.Settings.Manifest.IsAlwaysLoaded && !isWanted ? throw new PluginException($"{entry.Name} is a part of the server and is always loaded.")
            : entry.SaveAsync(entry.Settings with { IsAutoloaded = isWanted }), token);

    /// <summary>
    /// Checks a configuration, gives it to the plugin if that is loaded, and keeps it. It is not kept when the plugin does not take it. One that is on its way to be loaded begins anew with it.
    /// </summary>
    public Task ConfigureAsync(string id, JsonNode? configuration, CancellationToken token) => DoAsync(id, async entry =>
    {
        if (entry.Settings.Manifest.Configuration is not { } schema)
            throw new PluginException($"{entry.Name} has nothing to configure.");
        var before = entry.Settings.Configuration is { } kept ? (JsonObject?)JsonNode.Parse(kept) : null;
        var fitting = schema.Check(schema.Unmasked(configuration, before));
        var wasLoaded = entry.Runtime.Status.State == PluginState.Loaded;
        if (wasLoaded)
            await entry.Runtime.ConfigureAsync(fitting, token);
        await entry.SaveAsync(entry.Settings with { Configuration = fitting.ToJsonString() });
        // One on its way was given what was there before, and would be again after a failure.
        var wasOnItsWay = !wasLoaded && entry.Runtime.IsWanted;
        if (wasOnItsWay)
            await entry.Runtime.UnloadAsync();
        if (wasOnItsWay || (entry.Settings.Manifest.IsAlwaysLoaded && !entry.Runtime.IsWanted))
            entry.Runtime.Begin(entry.Settings);
    }, token);

    /// <summary>Unloads a plugin and forgets its configuration.</summary>
    public Task PurgeConfigurationAsync(string id, CancellationToken token) => DoAsync(id, async entry =>
    {
        await entry.Runtime.UnloadAsync();
        await entry.SaveAsync(entry.Settings with { Configuration = null });
        if (entry.Settings.Manifest.IsAlwaysLoaded && IsConfigured(entry.Settings))
            entry.Runtime.Begin(entry.Settings with { Configuration = Defaults(entry.Settings) });
    }, token);

    /// <summary>Has a loaded plugin try out what it does, and returns what it says of that.</summary>
    public async Task<JsonElement> TestAsync(string id, JsonNode? data, CancellationToken token)
    {
        JsonElement answer = default;
        await DoAsync(id, async entry =>
        {
            if (entry.Runtime.Status is not { State: PluginState.Loaded } status)
                throw new PluginException($"{entry.Name} is not loaded. Load it first.");
            if (!status.IsTestable)
                throw new PluginException($"{entry.Name} has nothing to test.");
            answer = await entry.Runtime.TestAsync(entry.Settings.Manifest.TestSchema is { } schema ? schema.Check(data, "What the test was given") : data, token);
        }, token);
        return answer;
    }

    /// <summary>Has a loaded plugin begin scheduled work now, or right after what it is at; does not wait for that.</summary>
    public void RunNow(string id, string name)
    {
        var entry = _entries.GetValueOrDefault(id) ?? throw Gone(id);
        if (!entry.Settings.Given.Of<ScheduleWant>().Any(want => want.Name == name))
            throw new PluginException($"{entry.Name} has no scheduled work '{Model.ForeignText.Shown(name)}', or it was not accepted. Reload the page.");
        if (_context.Schedules.Of(id).Any(one => one.Name == name && one.IsRunning))
            throw new PluginException($"{entry.Name} is at '{name}' already.");
        if (!_context.Schedules.TryRun(id, name))
            throw new PluginException($"{entry.Name} is not loaded. Load it first.");
    }

    /// <summary>Unloads a plugin and removes it with all that it kept.</summary>
    public Task RemoveAsync(string id, CancellationToken token) => DoAsync(id, async entry =>
    {
        if (entry.Settings.Manifest.IsBuiltIn)
            throw new PluginException($"{entry.Name} comes with the server and cannot be removed. Unload it, and take from it that it is loaded when the server starts.");
        await entry.Runtime.UnloadAsync();
        await _context.Store.RemoveAsync(id, CancellationToken.None);
        _entries.TryRemove(id, out _);
        _context.Schedules.Forget(id);
        entry.Folders.Remove();
    }, token);

    internal static bool IsConfigured(PluginSettings settings) => settings.Manifest.Configuration is null || settings.Configuration is not null || Defaults(settings) is not null;

    /// <summary>A configuration of nothing but defaults; null where these are not enough.</summary>
    private static string? Defaults(PluginSettings settings) => Fitting(settings.Manifest, "{}");

    /// <summary>A configuration with defaults for what is missing; null where it does not fit.</summary>
    private static string? Fitting(PluginManifest manifest, string configuration)
    {
        try
        {
            return manifest.Configuration?.Check(JsonNode.Parse(configuration)).ToJsonString();
        }
        catch (PluginException)
        {
            return null;
        }
    }

    private async Task DoAsync(string id, Func<Entry, Task> act, CancellationToken token)
    {
        var entry = _entries.GetValueOrDefault(id) ?? throw Gone(id);
        await entry.DoAsync(() => _entries.ContainsKey(id) ? act(entry) : throw Gone(id), token);
        Tell();
    }

    private static PluginException Gone(string id) => new($"There is no plugin '{Model.ForeignText.Shown(id)}'. Reload the page.");

    private void Tell()
    {
        _provided.Refresh();
        Changed?.Invoke();
    }

    private sealed class Entry(PluginSettings settings, PluginContext context, Action changed)
    {
        private readonly SemaphoreSlim _one = new(1, 1);
        private readonly PluginLog _log = new(context.Time);

        public PluginSettings Settings { get; private set; } = settings;

        public string Name => Settings.Manifest.Name;

        public PluginFolders Folders { get; } = new(context.Options.Folder, settings.Id);

        public PluginRuntime Runtime => field ??= new(context, _log, Folders, changed);

        public InstalledPlugin Seen() => new(Settings, Runtime.Status, _log) { Schedules = Schedules() };

        private ImmutableArray<ScheduleStatus> Schedules()
        {
            var told = context.Schedules.Of(Settings.Id);
            return [.. Settings.Given.Of<ScheduleWant>().Select(want => told.FirstOrDefault(one => one.Name == want.Name) ?? new(want.Name, null, null, null, false))];
        }

        public async Task SaveAsync(PluginSettings next, byte[]? package = null)
        {
            // A part of the server is given all that it wants, in later versions, too, unless somebody has taken something from it.
            var kept = next.Manifest.IsBuiltIn && next.NotGiven.IsNone ? next with { Accepted = null } : next;
            await context.Store.SaveAsync(kept, package, CancellationToken.None);
            Settings = next;
        }

        public async Task DoAsync(Func<Task> act, CancellationToken token)
        {
            await _one.WaitAsync(token);
            try
            {
                await act();
            }
            finally
            {
                _one.Release();
            }
        }
    }
}
