using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Store;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Xapi;

namespace XoBlazor.Tests.Operations;

/// <summary>Operations of several calls: what they made is named, or taken away again, or told of.</summary>
public sealed class OperationWorkTests : IAsyncDisposable
{
    private static readonly Right s_right = new("sr.use", "Use", RightLevel.Manage);
    private static readonly Sr s_sr = new() { Ref = "OpaqueRef:sr", Uuid = "sr-uuid", NameLabel = "store" };
    private static readonly Network s_hidden = new() { Ref = "OpaqueRef:net", Uuid = "net-uuid", NameLabel = "vault" };

    private readonly AuditHome _audit = new();
    private readonly TaskWatch _watch = new();
    private readonly StoreFixture _pool;
    private readonly ScriptedHost _host;
    private readonly XapiConnection _connection;
    private readonly AccessEngine _access;
    private readonly OperationRunner _runner;
    private string? _refuses;

    public OperationWorkTests()
    {
        _pool = new(_watch);
        _host = ScriptedHost.Results(call => call.Method == _refuses
            ? """{"jsonrpc":"2.0","error":{"code":1,"message":"SR_FULL","data":["1","2"]},"id":1}"""
            : call.Method.EndsWith(".get_uuid", StringComparison.Ordinal) ? """{"jsonrpc":"2.0","result":"made-uuid","id":1}""" : """{"jsonrpc":"2.0","result":"OpaqueRef:made","id":1}""");
        _connection = new(_host.Endpoint, new("root", "secret"));
        _access = new(_pool.Store);
        _runner = new(_pool.Store, _watch, _access, _audit.Log, new OneConnection(_connection), TimeProvider.System, NullLogger<OperationRunner>.Instance);
        _pool.Writer.ApplyListing([s_sr, s_hidden]);
    }

    [Fact]
    public async Task Made_IsInTheStoreBeforeTheRunEnds()
    {
        using var patience = Patience.Source();

        var run = await StartAsync(Operation(async (work, sr) => work.Made(await work.MakeAsync<Vdi>("VDI.create", sr.Ref))), null, patience.Token);
        Assert.Null(run.Result);
        _pool.Put(new Vdi { Ref = "OpaqueRef:made", Uuid = "made-uuid" });
        var result = await run.Completion.WaitAsync(patience.Token);

        Assert.Equal((OperationEnd.Succeeded, new ObjectKey(StoreFixture.PoolUuid, "made-uuid")), (result.End, result.Made!.Value));
    }

    [Fact]
    public async Task LaterCallFails_WhatWasMadeIsTakenAwayLastFirst()
    {
        using var patience = Patience.Source();
        _refuses = "VBD.create";

        var run = await StartAsync(Operation(MakeThreeAsync), null, patience.Token);
        var result = await run.Completion.WaitAsync(patience.Token);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.DoesNotContain("Left behind", result.Message, StringComparison.Ordinal);
        Assert.Equal(["VDI.create", "VIF.create", "VBD.create", "VIF.destroy", "VDI.destroy"], _host.Heard.Select(call => call.Method).Where(method => method[0] == 'V'));
    }

    [Fact]
    public async Task TakingAwayFails_SaysWhatIsLeft()
    {
        using var patience = Patience.Source();
        _refuses = "VDI.destroy";

        var run = await StartAsync(
            Operation(async (work, sr) =>
            {
                await MakeDiskAsync(work, sr);
                throw new OperationFailedException("There is no room for more.");
            }), null, patience.Token);
        var result = await run.Completion.WaitAsync(patience.Token);

        Assert.Equal((OperationEnd.Failed, "There is no room for more. Left behind: the disk 'root'."), (result.End, result.Message));
    }

    [Fact]
    public async Task Progress_GoesOverAllSteps()
    {
        using var patience = Patience.Source();
        _pool.Put(new XapiTask { Ref = "OpaqueRef:made", Uuid = "t", Status = XapiTaskStatus.Success, Progress = 1 });
        var between = 0.0;

        OperationRun run = null!;
        var begun = new TaskCompletionSource();
        run = await StartAsync(
            Operation(async (work, _) =>
            {
                work.Expect(2);
                await work.RunAsync("VDI.copy");
                await begun.Task;
                between = run.Progress;
                await work.RunAsync("VDI.copy");
            }), null, patience.Token);
        begun.SetResult();
        await run.Completion.WaitAsync(patience.Token);

        Assert.Equal((0.5, 1), (between, run.Progress));
    }

    [Fact]
    public async Task FurtherRight_OnSomethingHidden_IsRefusedWithoutItsName()
    {
        var operation = Operation(MakeDiskAsync, needs: [new(new("network.use", "Use networks", RightLevel.Manage), s_hidden)]);
        _access.Apply(Policy(new AccessScope.OfObject(new(StoreFixture.PoolUuid, s_sr.Uuid))));

        var error = await Assert.ThrowsAsync<OperationRefusedException>(() => _runner.StartAsync(s_ada, operation, Key, null, TestContext.Current.CancellationToken));

        Assert.Contains("'Use networks'", error.Message);
        Assert.DoesNotContain("vault", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("net-uuid", error.Message, StringComparison.Ordinal);
        Assert.Empty(_host.Heard);
    }

    [Fact]
    public async Task SecretArguments_AreNotWrittenDown()
    {
        using var patience = Patience.Source();
        var operation = Operation(MakeDiskAsync, parameters: [
            OperationParameter.Text("plain", "Plain"),
            OperationParameter.List("logins", "Logins", OperationParameter.Record("login", "Login", OperationParameter.Text("user", "User"), OperationParameter.Text("password", "Password") with { IsSecret = true }))]);

        var run = await StartAsync(operation, new() { ["plain"] = "seen", ["logins"] = new JsonArray(new JsonObject { ["user"] = "ada", ["password"] = "hunter2" }) }, patience.Token);
        await run.Completion.WaitAsync(patience.Token);

        var written = _audit.Log.Read(new()).SelectMany(entry => entry.Record.Parameters).ToDictionary(one => one.Key, one => one.Value);
        Assert.Equal("seen", written["plain"]);
        Assert.Contains("ada", written["logins"], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", written["logins"], StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _host.DisposeAsync();
        _audit.Dispose();
    }

    private static readonly Requester s_ada = new(new("1", "ada"), "test");

    private static ObjectKey Key => new(StoreFixture.PoolUuid, s_sr.Uuid);

    private static AccessPolicy Policy(AccessScope scope) =>
        new([], [new("g", SubjectId.User("1"), Role.Administrator.Id, scope)], ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    private static OperationOn<Sr> Operation(Func<OperationWork, Sr, Task> run, IEnumerable<FurtherRight>? needs = null, ImmutableArray<OperationParameter>? parameters = null) =>
        new("sr.test", s_right, run) { Title = "Test", Progressive = "Testing", Description = "Tests.", Needs = (_, _, _) => needs ?? [], Parameters = parameters ?? [] };

    private static async Task MakeDiskAsync(OperationWork work, Sr sr)
    {
        var disk = await work.MakeAsync<Vdi>("VDI.create", sr.Ref);
        work.Undo("the disk 'root'", () => work.CallAsync("VDI.destroy", XapiValue.Ref(disk)));
    }

    private static async Task MakeThreeAsync(OperationWork work, Sr sr)
    {
        await MakeDiskAsync(work, sr);
        var device = await work.MakeAsync<Vif>("VIF.create");
        work.Undo("the network device", () => work.CallAsync("VIF.destroy", XapiValue.Ref(device)));
        await work.MakeAsync<Vbd>("VBD.create");
    }

    private Task<OperationRun> StartAsync(Operation operation, JsonObject? arguments, CancellationToken token)
    {
        if (_access.Policy.Grants.IsEmpty)
            _access.Apply(Policy(AccessScope.Everything.Instance));
        return _runner.StartAsync(s_ada, operation, Key, arguments, token);
    }
}
