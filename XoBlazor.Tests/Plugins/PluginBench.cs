using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins beside a made-up pool that no host stands behind: what they see and are told is real, operations get as far as the host.</summary>
internal sealed class PluginBench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VisibleStores _views;
    private readonly BuiltInPlugins _builtIns;
    private readonly OperationCatalogue _operations = new(VmOperations.All);
    private readonly CancellationTokenSource _patience;
    private readonly Task _following;

    public PluginBench(Action<PluginOptions>? settings = null, IBuiltInPlugin? builtIn = null, TimeSpan? patience = null)
    {
        _patience = Patience.Source(patience);
        Needs.Program("python3", "python3");
        var store = new ObjectStore(TimeProvider.System, []);
        Pool = new(store, vms: 4);
        Access = new(store);
        _views = new(store, Access, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        _following = _views.RunAsync(_patience.Token);
        var options = new PluginOptions { Folder = _folder.File("plugins"), RestartPause = TimeSpan.FromMilliseconds(1), MostFailures = 3 };
        settings?.Invoke(options);
        Folder = options.Folder;
        Fleet = new(new(
            Kept, _views, _operations, new(store, new(), Access, Audit.Log, new NoPools(), TimeProvider.System, NullLogger<OperationRunner>.Instance), Audit.Log,
            Options.Create(options), TimeProvider.System, NullLogger<PluginFleet>.Instance)
        {
            BuiltIns = _builtIns = new(builtIn is null ? [] : [builtIn]),
        });
    }

    public SamplePool Pool { get; }

    public AccessEngine Access { get; }

    public AuditHome Audit { get; } = new();

    public KeptPlugins Kept { get; } = new();

    public PluginFleet Fleet { get; }

    public string Folder { get; }

    public CancellationToken Token => _patience.Token;

    public InstalledPlugin Plugin => Fleet.Find(PythonPlugin.Id)!;

    /// <summary>Installs a plugin, and accepts these of its wants; all when none is named.</summary>
    public Task InstallAsync(string script, string? manifest = null, IReadOnlyCollection<string>? accepted = null) =>
        InstallAsync(PluginZip.Package(manifest ?? PythonPlugin.Manifest(), script), accepted);

    public async Task InstallAsync(PluginPackage package, IReadOnlyCollection<string>? accepted = null)
    {
        var installed = await Fleet.InstallAsync(package, "ada", Token);
        await Fleet.AcceptAsync(installed.Settings.Id, accepted ?? installed.Settings.Manifest.Wants.Texts, [], Token);
        await ApplyAsync();
    }

    public async Task LoadAsync(string script, string? manifest = null, IReadOnlyCollection<string>? accepted = null)
    {
        await InstallAsync(script, manifest, accepted);
        await Fleet.LoadAsync(PythonPlugin.Id, Token);
    }

    /// <summary>Installs the plugin in .NET, with all that it wants.</summary>
    public async Task InstallTricksterAsync(PluginPackage? package = null)
    {
        var installed = await Fleet.InstallAsync(package ?? TricksterPlugin.Package(), "ada", Token);
        await Fleet.AcceptAsync(TricksterPlugin.Id, installed.Settings.Manifest.Wants.Texts, [], Token);
        await ApplyAsync();
    }

    public async Task LoadTricksterAsync(PluginPackage? package = null, string? greeting = null)
    {
        await InstallTricksterAsync(package);
        if (greeting is not null)
            await Fleet.ConfigureAsync(TricksterPlugin.Id, new JsonObject { ["greeting"] = greeting }, Token);
        await Fleet.LoadAsync(TricksterPlugin.Id, Token);
    }

    /// <summary>What is said when it is not loaded.</summary>
    public async Task<string> FailureAsync(string script, string? manifest = null)
    {
        await InstallAsync(script, manifest);
        return (await Assert.ThrowsAsync<PluginException>(() => Fleet.LoadAsync(PythonPlugin.Id, Token))).Message;
    }

    /// <summary>Puts in force what was accepted.</summary>
    public async Task ApplyAsync()
    {
        var installed = _builtIns.With(await Kept.LoadAsync(Token));
        Access.Apply(new([], installed.SelectMany(plugin => PluginActor.GrantsOf(plugin)), ImmutableDictionary<string, ImmutableArray<string>>.Empty, installed.Select(plugin => PluginActor.RoleOf(plugin, _operations))));
    }

    /// <summary>Waits until the plugin stands so.</summary>
    public async Task<PluginStatus> UntilAsync(Func<PluginStatus, bool> isSo)
    {
        while (!isSo(Plugin.Status))
            await Task.Delay(20, Token);
        return Plugin.Status;
    }

    /// <summary>Waits until the plugin has noted something that suits.</summary>
    public async Task<JsonNode> NotedAsync(string key, Func<JsonNode, bool>? suits = null) =>
        JsonNode.Parse(await Kept.ValueAsync(PythonPlugin.Id, key, value => suits is null || suits(JsonNode.Parse(value)!), Token))!;

    public async ValueTask DisposeAsync()
    {
        await Fleet.StopAsync();
        await _patience.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _views.Dispose();
        Pool.Dispose();
        Audit.Dispose();
        _patience.Dispose();
        _folder.Dispose();
    }

    private sealed class NoPools : IPoolConnections
    {
        public XapiConnection? Find(string poolUuid) => null;
    }
}
