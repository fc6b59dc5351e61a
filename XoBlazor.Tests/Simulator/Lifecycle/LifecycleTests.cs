using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>
/// The same 47 calls that were made to a real host, made to the simulator from the same database: objects, fields, values and order of
/// the changes must agree. What is excused, and why, is in <see cref="LifecycleExcuses"/>.
/// </summary>
public sealed class LifecycleTests(ITestOutputHelper output)
{
    private const double LeastShare = 0.9;

    [Fact]
    public async Task Operations_OfTheRecordings_ChangeWhatTheyChangedThere()
    {
        var recordings = RecordedOperation.LoadAll(SharedData.Path("data", "xapi-lifecycle"));
        await using var host = await SimulatorHost.StartAsync(
            new()
            {
                Pools = [PoolSource.FromFile(SharedData.Path("data", "xapi-paired", "modern", "database.xml"))],
                Addresses = AddressMode.Faithful,
                Pool = new() { OperationDuration = TimeSpan.Zero, KeepsBaseCopies = false },
            },
            TestContext.Current.CancellationToken);
        using var client = await RpcClient.LogInAsync(host.Pools[0].HttpUrl, TestContext.Current.CancellationToken);
        using var log = new WriteLog(host.Pools[0].Simulator);
        var map = new ReferenceMap();
        var agreeing = 0;
        map.Keep(log.Snapshot().Select(pair => new JsonObject([.. pair.Value.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())), KeyValuePair.Create<string, JsonNode?>("_ref", pair.Key)])));

        foreach (var recording in recordings)
        {
            var before = log.Snapshot();
            var answer = await PerformAsync(client, recording, map);
            var differences = new OperationComparison(recording, before, log.Take(), map, answer).Run();

            var open = differences.Where(difference => LifecycleExcuses.ReasonFor(difference) is null).ToList();
            if (open.Count == 0) agreeing++;
            foreach (var difference in open)
                output.WriteLine($"DIFFERS {difference}");
            foreach (var excused in differences.GroupBy(LifecycleExcuses.ReasonFor).Where(group => group.Key is not null))
                output.WriteLine($"excused {recording.Name}: {string.Join(", ", excused.Select(difference => $"{difference.Class}.{difference.Field}").Distinct())}: {excused.Key}");
        }

        var share = (double)agreeing / recordings.Count;
        output.WriteLine($"{agreeing} of {recordings.Count} operations agree ({share:P1})");
        Assert.Equal(47, recordings.Count);
        Assert.InRange(share, LeastShare, 1);
    }

    private static async Task<JsonElement> PerformAsync(RpcClient client, RecordedOperation recording, ReferenceMap map)
    {
        var parameters = recording.Parameters.Select(parameter => (object?)map.Translate(parameter)).ToArray();
        var answer = await client.SendAsync(recording.Method, TestContext.Current.CancellationToken, [client.Session, .. parameters]);
        if (!answer.TryGetProperty("result", out var result)) return answer;
        if (!recording.Method.StartsWith("Async.", StringComparison.Ordinal)) return result;
        using var patience = Patience.Source();
        while ((await client.CallAsync("task.get_status", patience.Token, result.GetString())).GetString() == "pending")
            await Task.Yield();
        return result;
    }

    /// <summary>Everything the simulator writes, message by message and row by row.</summary>
    private sealed class WriteLog : IDisposable
    {
        private readonly PoolSimulator _pool;
        private readonly Action<Row, RowChange>? _former;
        private readonly List<(string Class, string Operation, string Ref, RowState? State)> _writes = [];
        private readonly HashSet<string> _messages;

        public WriteLog(PoolSimulator pool)
        {
            _pool = pool;
            _former = pool.Db.Observer;
            _messages = [.. pool.Messages.All.Select(message => message.Ref)];
            pool.Db.Observer = (row, change) =>
            {
                _former?.Invoke(row, change);
                _writes.Add((row.Table.Schema.EventName, change switch { RowChange.Added => "add", RowChange.Modified => "mod", RowChange.Deleted => "del" }, row.Ref, change == RowChange.Deleted ? null : row.State));
            };
        }

        /// <summary>Every object as it is now, by reference.</summary>
        public Dictionary<string, JsonObject> Snapshot()
        {
            var states = _pool.Db.Update(() => _pool.Db.Tables.SelectMany(table => table.Rows).Select(row => (row.Ref, row.State)).ToList());
            var all = states.ToDictionary(pair => pair.Ref, pair => Parse(pair.State));
            foreach (var message in _pool.Messages.All)
                all[message.Ref] = Parse(message.State);
            return all;
        }

        /// <summary>The writes since the last time.</summary>
        public List<ObservedChange> Take()
        {
            var writes = _pool.Db.Update(() =>
            {
                var copy = _writes.ToList();
                _writes.Clear();
                return copy;
            });
            var changes = writes.Select(write => new ObservedChange(write.Class, write.Operation, write.Ref, write.State is null ? null : Parse(write.State))).ToList();
            var messages = _pool.Messages.All.ToDictionary(message => message.Ref);
            changes.AddRange(messages.Values.Where(message => _messages.Add(message.Ref)).Select(message => new ObservedChange("message", "add", message.Ref, Parse(message.State))));
            var gone = _messages.Where(reference => !messages.ContainsKey(reference)).ToList();
            changes.AddRange(gone.Select(reference => new ObservedChange("message", "del", reference, null)));
            _messages.ExceptWith(gone);
            return changes;
        }

        public void Dispose() => _pool.Db.Observer = _former;

        private static JsonObject Parse(RowState state) => JsonNode.Parse(state.Json)!.AsObject();
    }
}
