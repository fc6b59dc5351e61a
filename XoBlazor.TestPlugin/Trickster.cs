using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using XoBlazor.Plugins;

namespace XoBlazor.TestPlugin;

/// <summary>Does what tests ask for: well, badly, or not at all.</summary>
public sealed partial class Trickster : Plugin
{
    private static readonly List<object> s_held = [];

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _greeting = "";
    private int _seen;

    public override string Id => "trickster";

    public override string Version => "1.0.0";

    public override bool IsTestable => true;

    protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        _greeting = (string)configuration["greeting"]!;
        return _greeting == "refuse" ? throw new InvalidOperationException("I do not like that greeting") : Task.CompletedTask;
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        switch (_greeting)
        {
            case "timer":
                s_held.Add(new Timer(static _ => s_held.TrimExcess(), null, 100, 100));
                break;
            case "thread":
                new Thread(static () => Thread.Sleep(Timeout.Infinite)) { IsBackground = true }.Start();
                break;
            case "slow":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }
    }

    protected override Task ChangedAsync(ObjectChanges changes, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _seen, changes.Changes.Count);
        if (changes.IsComplete)
            _told.TrySetResult();
        switch (_greeting)
        {
            case "drop":
                throw new InvalidOperationException("not now");
            case "stall":
                // Whoever ends it gets nowhere.
                return new TaskCompletionSource().Task;
            case "stall in its thread":
                Thread.Sleep(TimeSpan.FromSeconds(15));
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    protected override async Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken)
    {
        switch ((string?)data)
        {
            case "throw":
                throw new InvalidOperationException("that went wrong");
            case "unspeakable":
                throw new UnspeakableException();
            case "block":
                Thread.Sleep(TimeSpan.FromSeconds(5));
                return null;
            case "stubborn":
                // Neither its token nor whoever cancels that gets anywhere.
                cancellationToken.Register(static () => Thread.Sleep(TimeSpan.FromSeconds(5)));
                await Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None);
                return null;
            case "large":
                return new string('x', 4 * 1024 * 1024);
            case "forgotten":
                _ = Task.Run(static () => throw new InvalidOperationException("nobody looks"), CancellationToken.None);
                return null;
            case "flood":
                await Task.WhenAll(Enumerable.Range(0, 2000).Select(line => Host.LogAsync($"line {line}", cancellationToken)));
                return null;
            case "native":
                return ProcessId();
            case "own json":
                return JsonSerializer.Serialize(new Own("kept"), new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
            case "where":
                return new JsonObject
                {
                    ["own"] = AssemblyLoadContext.GetLoadContext(typeof(Trickster).Assembly)?.Name,
                    ["contract"] = AssemblyLoadContext.GetLoadContext(typeof(Plugin).Assembly)?.Name,
                    ["framework"] = AssemblyLoadContext.GetLoadContext(typeof(Microsoft.AspNetCore.Components.ComponentBase).Assembly)?.Name,
                };
            case "beyond":
                return Type.GetType("XoBlazor.Core.Plugins.PluginFleet, XoBlazor.Core", throwOnError: true)!.Name;
            default:
                await _told.Task.WaitAsync(cancellationToken);
                await Host.SetValueAsync("greeted", (string)data!, cancellationToken);
                var vms = 0;
                await foreach (var vm in Host.ListObjectsAsync("VM", cancellationToken))
                    vms += vm.Fields.GetProperty("name_label").GetString()!.Length > 0 ? 1 : 0;
                var code = await Host.RunOperationAsync("vm.start", "nowhere", "nothing", null, cancellationToken).ContinueWith(static ended => (ended.Exception?.InnerException as PluginRefusedException)?.Code, TaskScheduler.Default);
                return $"{_greeting}, {await Host.GetValueAsync("greeted", cancellationToken)}; {string.Join(',', await Host.ListKeysAsync(cancellationToken))}; seen {_seen}; listed {vms}; start {code}";
        }
    }

    [LibraryImport("libc", EntryPoint = "getpid")]
    private static partial int ProcessId();

    private sealed record Own(string Text);
}
