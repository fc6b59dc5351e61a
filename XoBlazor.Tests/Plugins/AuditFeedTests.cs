using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Plugins;
using XoBlazor.Tests.Audit;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins are handed the audit: in order, each record at least once, from the first loading on.</summary>
public sealed class AuditFeedTests
{
    private const string Wants = """{"audit": true, "storage": true}""";

    // Notes the numbers it was handed; cannot take those of the first message.
    private const string Listener =
        """
        taken, tries = [], 0
        def handle(message):
            global tries
            if message["method"] == "audit.recorded":
                tries += 1
                if tries == 1:
                    send({"id": message["id"], "error": {"code": -1, "message": "later"}})
                    return
                taken.extend([e["number"], e["record"]["action"], e["record"].get("parameters", {}).get("password")] for e in message["params"]["entries"])
            answer(message)
            if message["method"] == "unload":
                sys.exit(0)
        start()
        noted = 0
        while True:
            handle(read())
            if noted != len(taken):
                noted = len(taken)
                note("taken", taken)
        """;

    [Fact]
    public async Task Records_ComeInOrder_AgainAfterAnError_AndWithSecretsMasked()
    {
        await using var bench = new PluginBench();
        await bench.Audit.AppendAsync(3);
        var before = bench.Audit.Log.Newest;

        await bench.LoadAsync(Listener, PythonPlugin.Manifest(Wants));
        await bench.Kept.ValueAsync(PythonPlugin.Id, AuditFeed.Place, _ => true, bench.Token);
        await bench.Audit.AppendAsync(120);
        var taken = (await bench.NotedAsync("taken", noted => noted.AsArray().Count >= 120)).AsArray();

        Assert.Equal(Enumerable.Range((int)before + 1, 120), taken.Select(one => (int)one![0]!));
        Assert.All(taken, one => Assert.Equal("•••", (string)one![2]!));
        Assert.Contains(bench.Plugin.Log.Lines, line => line.Text.Contains("could not be handed over, and are again: later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AfterItWasAway_ItGoesOnWhereItWas_AndBeginsAnewWhereItMightNotRead()
    {
        var seen = new ConcurrentQueue<long>();
        var made = new MadePlugin(Wants)
        {
            Recorded = entries =>
            {
                foreach (var entry in entries)
                    seen.Enqueue(entry.Number);
                return Task.CompletedTask;
            },
        };
        await using var bench = new PluginBench(builtIn: made);
        await bench.Fleet.StartAsync(bench.Token);
        await bench.Kept.ValueAsync(MadePlugin.Id, AuditFeed.Place, _ => true, bench.Token);
        await bench.Audit.AppendAsync(2);
        await KeptAsync(bench);

        await bench.Fleet.UnloadAsync(MadePlugin.Id, bench.Token);
        await bench.Audit.AppendAsync(3);
        await bench.Fleet.LoadAsync(MadePlugin.Id, bench.Token);
        await KeptAsync(bench);
        var all = seen.ToList();
        await bench.Fleet.AcceptAsync(MadePlugin.Id, ["storage"], [], bench.Token);
        await bench.Audit.AppendAsync(2);
        var hidden = bench.Audit.Log.Newest;
        await bench.Fleet.AcceptAsync(MadePlugin.Id, ["storage", "audit"], [], bench.Token);
        await bench.Kept.ValueAsync(MadePlugin.Id, AuditFeed.Place, _ => true, bench.Token);
        await bench.Audit.AppendAsync(1);
        await KeptAsync(bench);

        Assert.Equal(Enumerable.Range((int)all[0], 5).Select(number => (long)number), all);
        Assert.Equal([hidden + 1], seen.Skip(5));
    }

    [Fact]
    public async Task WhatTheServerKeeps_ThePluginNeitherSeesNorChanges()
    {
        await using var bench = new PluginBench();

        await bench.LoadAsync(
            """
            start()
            keys = [ask("storage.set", key="server:audit", value="0").get("error", {}).get("code"), ask("storage.get", key="server:audit").get("error", {}).get("code"), ask("storage.keys")["result"]]
            note("answers", keys)
            serve()
            """, PythonPlugin.Manifest(Wants));

        Assert.Equal("[-32602,-32602,[]]", (await bench.NotedAsync("answers")).ToJsonString());
    }

    private static Task<string> KeptAsync(PluginBench bench) =>
        bench.Kept.ValueAsync(MadePlugin.Id, AuditFeed.Place, value => value == bench.Audit.Log.Newest.ToString(System.Globalization.CultureInfo.InvariantCulture), bench.Token);
}
