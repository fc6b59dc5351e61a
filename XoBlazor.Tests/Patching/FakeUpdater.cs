using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Tests.Patching;

/// <summary>The updater plugin of all hosts of a simulated pool: what each lacks, and how it misbehaves.</summary>
internal sealed class FakeUpdater
{
    private readonly ConcurrentDictionary<string, string[]> _lacking = new();
    private readonly ConcurrentQueue<(string Host, string Function)> _asked = new();
    private int _busy;

    public FakeUpdater(SimulatedPool pool) => pool.Simulator.Calls.RegisterAsync("host.call_plugin", (Func<CallContext, Task<XapiValue>>)AnswerAsync);

    /// <summary>The calls so far, by the hosts' references.</summary>
    public IReadOnlyList<(string Host, string Function)> Asked => [.. _asked];

    /// <summary>A host whose installation fails.</summary>
    public string? Failing { get; set; }

    /// <summary>Held back by a test: the answer comes when it is completed.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public void Lacks(string host, params string[] packages) => _lacking[host] = packages;

    /// <summary>The next calls are answered with "busy".</summary>
    public void BeBusy(int times) => _busy = times;

    private async Task<XapiValue> AnswerAsync(CallContext call)
    {
        var (host, function) = (call.Object("host").Ref, call.Text("fn"));
        Assert.Equal("updater.py", call.Text("plugin"));
        _asked.Enqueue((host, function));
        if (Gate is { } gate)
            await gate.Task.WaitAsync(call.Cancellation);
        if (Interlocked.Decrement(ref _busy) >= 0)
            throw new XapiException("-1", $"The updater plugin is busy (current operation: {function})", "");
        if (function == "check_update")
            return new JsonArray([.. _lacking.GetValueOrDefault(host, []).Select(name => (JsonNode)new JsonObject
            {
                ["name"] = name, ["version"] = "1.2", ["release"] = "3.xcpng8.3", ["description"] = $"What {name} does", ["size"] = 1000, ["license"] = "GPL", ["url"] = "https://example.org/",
                ["changelog"] = new JsonObject { ["author"] = "ada", ["date"] = 1730721600, ["description"] = $"- {name} works" },
            })]).ToJsonString();
        if (host == Failing)
            return """{"error":"yum: no space left on device"}""";
        _lacking[host] = [];
        return """{"stdout":"Complete! <&>","returncode":0}""";
    }
}
