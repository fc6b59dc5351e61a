using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Layout;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins;

namespace XoBlazor.App.Components.Settings.Plugins;

/// <summary>The installed plugins: how each stands, and what an administrator does with it.</summary>
public sealed partial class PluginsPage
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true };

    private ImmutableArray<InstalledPlugin> _plugins = [];
    private bool _isInstalling;
    private long _written;

    /// <summary>The plugin whose wants are being looked at.</summary>
    private string? _accepted;

    /// <summary>The plugin that is being configured.</summary>
    private string? _configured;

    /// <summary>The plugin that is being tested.</summary>
    private string? _tested;

    private bool _isImporting;

    public override Right Needed => AdministrationRights.Plugins;

    [Inject]
    private PluginFleet Fleet { get; set; } = default!;

    [Inject]
    private PluginAdministration Plugins { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    protected override Task ReadAsync(CancellationToken token)
    {
        _plugins = Fleet.All;
        _written = Written(_plugins);
        return Task.CompletedTask;
    }

    // That a plugin fails, comes back or writes something is nobody's act.
    protected override bool IsOutdated() => Fleet.All is var now && (Written(now) != _written || !now.Select(one => one.Status).SequenceEqual(_plugins.Select(one => one.Status)));

    private static long Written(ImmutableArray<InstalledPlugin> plugins) => plugins.Sum(one => one.Log.Written);

    private void Installed(string? id)
    {
        _isInstalling = false;
        Accept(id);
    }

    // A sheet begins with what is so now; the page reads again only once a second.
    private void Accept(string? id) => (_plugins, _accepted) = (Fleet.All, id);

    /// <summary>The configuration of one, or those of all, as a file without secrets.</summary>
    private Task ExportAsync(string? id) => ActAsync(async requester =>
    {
        var file = await Plugins.ExportAsync(requester, id, CancellationToken.None);
        await Browser.SaveAsync(JsonSerializer.SerializeToUtf8Bytes(file, s_readable), id is null ? "plugin-configurations.json" : $"plugin-configuration-{id}.json", "application/json");
    });

    private void Configure(string id) => (_plugins, _configured) = (Fleet.All, id);
}
