using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Operations;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Xapi;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins beside a made-up pool that no host stands behind: what they see and are told is real, operations get as far as the host.</summary>
internal sealed class PluginBench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VisibleStores _views;
    private readonly Core.Plugins.Http.PluginHttp _http;
    private readonly BuiltInPlugins _builtIns;
    private readonly CancellationTokenSource _patience;
    private readonly Task _following;

    private readonly OperationEnds _ends = new();
    private readonly ScriptedHost? _host;
    private readonly XapiConnection? _connection;

    /// <param name="isReachable">Somebody stands behind the pool, who does at once whatever is asked.</param>
    public PluginBench(Action<PluginOptions>? settings = null, IBuiltInPlugin? builtIn = null, bool isReachable = false, TimeProvider? clock = null, TimeSpan? patience = null)
    {
        _patience = Patience.Source(patience);
        var time = clock ?? TimeProvider.System;
        _host = isReachable ? ScriptedHost.Results(_ => """{"jsonrpc":"2.0","result":"OpaqueRef:NULL","id":1}""") : null;
        _connection = _host is null ? null : new(_host.Endpoint, new("root", "secret"));
        Needs.Program("python3", "python3");
        var store = new ObjectStore(TimeProvider.System, []);
        Pool = new(store, vms: 4);
        if (isReachable)
            Pool.Apply([.. Enumerable.Range(0, 4).Select(index => Pool.Vm(index) with { PowerState = VmPowerState.Halted, AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start) })]);
        Access = new(store);
        _views = new(store, Access, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        _following = _views.RunAsync(_patience.Token);
        var options = new PluginOptions { Folder = _folder.File("plugins"), RestartPause = TimeSpan.FromMilliseconds(1), MostFailures = 3 };
        settings?.Invoke(options);
        Folder = options.Folder;
        Fleet = new(new(
            Kept, _views, Operations, Runner = new(store, new(), Access, Audit.Log, _connection is null ? new NoPools() : new OneConnection(_connection), time, NullLogger<OperationRunner>.Instance,
                guards: [new BeforeOperations(() => Fleet!, options, time)], watchers: [_ends]), Audit.Log,
            Options.Create(options), time, NullLogger<PluginFleet>.Instance)
        {
            Ends = _ends,
            BuiltIns = _builtIns = new(builtIn is null ? [] : [builtIn]),
            Facilities = [_http = new(() => Fleet!, Audit.Log, Options.Create(options), TimeProvider.System), News],
        });
        Panels = new(Fleet, store, Access, Audit.Log, TimeProvider.System);
    }

    public SamplePool Pool { get; }

    public AccessEngine Access { get; }

    public AuditHome Audit { get; } = new();

    public KeptPlugins Kept { get; } = new();

    public PluginFleet Fleet { get; }

    public OperationRunner Runner { get; }

    public OperationCatalogue Operations { get; } = new(VmOperations.All);

    /// <summary>Somebody who may do everything.</summary>
    public static Requester Ada { get; } = new(new("1", "ada"), "console");

    public PanelNews News { get; } = new();

    public PluginPanels Panels { get; }

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
        Access.Apply(new([], installed.SelectMany(plugin => PluginActor.GrantsOf(plugin)).Append(new("ada", SubjectId.User("1"), Role.Administrator.Id, AccessScope.Everything.Instance)), ImmutableDictionary<string, ImmutableArray<string>>.Empty, installed.Select(plugin => PluginActor.RoleOf(plugin, Operations))));
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
        Panels.Dispose();
        await Fleet.StopAsync();
        _http.Dispose();
        await _patience.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _views.Dispose();
        if (_connection is not null)
            await _connection.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
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
