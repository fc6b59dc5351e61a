using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using XoBlazor.Plugins;

namespace MyPlugin;

/// <summary>Counts the VMs that it may see.</summary>
public sealed class CountingPlugin : Plugin
{
    private readonly ConcurrentDictionary<(string Pool, string Uuid), string> _vms = new();
    private string _greeting = "";

    public override string Id => "my-plugin";

    public override string Version => "1.0.0";

    public override bool IsTestable => true;

    protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        _greeting = (string)configuration["greeting"]!;
        return Task.CompletedTask;
    }

    protected override Task LoadAsync(CancellationToken cancellationToken) => Host.LogAsync("Loaded.", cancellationToken);

    // What is there comes first, then every change.
    protected override async Task ChangedAsync(ObjectChanges changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes.Changes)
            if (change.Kind == ObjectChangeKind.Removed)
                _vms.TryRemove((change.Object.Pool, change.Object.Uuid), out _);
            else
                _vms[(change.Object.Pool, change.Object.Uuid)] = change.Object.Fields.GetProperty("name_label").GetString()!;
        await Host.SetValueAsync("count", $"{_vms.Count}", cancellationToken);
    }

    // The button "Test" of Settings → Plugins.
    protected override async Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken) =>
        $"{_greeting} {await Host.GetValueAsync("count", cancellationToken) ?? "0"} VMs.";
}
