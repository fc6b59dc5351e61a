using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Store;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Xapi;

namespace XoBlazor.Tests.Operations;

public sealed class OperationRunnerTests : IAsyncDisposable
{
    private const string TaskRef = "OpaqueRef:7a5c";

    private static readonly Requester s_admin = new(new("1", "ada"), "console", "192.0.2.7");
    private static readonly Vm s_vm = new()
    {
        Ref = "OpaqueRef:vm",
        Uuid = "vm-uuid",
        NameLabel = "web-01",
        PowerState = VmPowerState.Halted,
        AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start),
    };

    private readonly AuditHome _audit = new();
    private readonly TaskWatch _watch = new();
    private readonly StoreFixture _pool;
    private readonly ScriptedHost _host = ScriptedHost.Results(_ => $$"""{"jsonrpc":"2.0","result":"{{TaskRef}}","id":1}""");
    private readonly XapiConnection _connection;
    private readonly AccessEngine _access;
    private readonly OperationRunner _runner;

    public OperationRunnerTests()
    {
        _pool = new(_watch);
        _connection = new(_host.Endpoint, new("root", "secret"));
        _access = new(_pool.Store);
        _access.Apply(new([], [new("all", SubjectId.User("1"), Role.Administrator.Id, AccessScope.Everything.Instance)], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        _runner = new(_pool.Store, _watch, _access, _audit.Log, new OneConnection(_connection), TimeProvider.System, NullLogger<OperationRunner>.Instance);
        _pool.Writer.ApplyListing([s_vm]);
    }

    private static ObjectKey Key => new(StoreFixture.PoolUuid, s_vm.Uuid);

    [Fact]
    public async Task Start_TaskSucceeds_EndsWithSuccessAndDestroysTheTask()
    {
        using var patience = Patience.Source();

        var run = await _runner.StartAsync(s_admin, VmPowerOperations.Start, Key, null, patience.Token);
        _pool.Put(TaskIs(XapiTaskStatus.Pending, progress: 0.4));
        _pool.Put(TaskIs(XapiTaskStatus.Success, progress: 1));
        var result = await run.Completion.WaitAsync(patience.Token);

        Assert.Equal(OperationEnd.Succeeded, result.End);
        Assert.Equal(1, run.Progress);
        await HeardAsync("task.destroy", patience.Token);
        Assert.Contains("""["OpaqueRef:5e551011","OpaqueRef:vm",false,false]""", _host.Heard.Single(r => r.Method == "Async.VM.start").Body);
    }

    [Fact]
    public async Task Start_EventCameBeforeTheAnswer_IsNotMissed()
    {
        using var patience = Patience.Source();
        _pool.Put(TaskIs(XapiTaskStatus.Success, progress: 1));

        var run = await _runner.StartAsync(s_admin, VmPowerOperations.Start, Key, null, patience.Token);
        var result = await run.Completion.WaitAsync(patience.Token);

        Assert.Equal(OperationEnd.Succeeded, result.End);
    }

    [Fact]
    public async Task Start_TaskFails_SaysItInWordsWithTheObjectsName()
    {
        using var patience = Patience.Source();
        _pool.Put(TaskIs(XapiTaskStatus.Failure, errors: ["VM_BAD_POWER_STATE", s_vm.Ref, "halted", "running"]));

        var run = await _runner.StartAsync(s_admin, VmPowerOperations.Start, Key, null, patience.Token);
        var result = await run.Completion.WaitAsync(patience.Token);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains("web-01", result.Message);
        Assert.DoesNotContain("OpaqueRef", result.Message);
        Assert.StartsWith("VM_BAD_POWER_STATE", result.Code);
    }

    [Fact]
    public async Task Start_TaskFailsBecauseOfSomethingHidden_DoesNotNameIt()
    {
        using var patience = Patience.Source();
        var storage = new Sr { Ref = "OpaqueRef:sr", Uuid = "sr-uuid", NameLabel = "vault" };
        _pool.Put(storage);
        _pool.Put(TaskIs(XapiTaskStatus.Failure, errors: ["VM_REQUIRES_SR", s_vm.Ref, storage.Ref]));
        _access.Apply(new([], [new("g", SubjectId.User("2"), Role.Operator.Id, new AccessScope.OfObject(Key))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

        var run = await _runner.StartAsync(new(new("2", "bob"), "console"), VmPowerOperations.Start, Key, null, patience.Token);
        var result = await run.Completion.WaitAsync(patience.Token);

        Assert.DoesNotContain("vault", result.Message, StringComparison.Ordinal);
        Assert.Contains("web-01", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TaskFailsWithPlainNamesOfHiddenObjects_DoesNotSayThem()
    {
        using var patience = Patience.Source();
        _pool.Put(new Host { Ref = "OpaqueRef:h1", Uuid = "5f2dbf2b-5d1f-4cf8-8f57-6e1ff4e4a1c0", NameLabel = "bunker", Hostname = "bunker.example", Address = "192.0.2.77" });
        _pool.Put(TaskIs(XapiTaskStatus.Failure,
            errors: ["INTERNAL_ERROR", "web-01 cannot reach bunker.example (192.0.2.77), uuid 5f2dbf2b-5d1f-4cf8-8f57-6e1ff4e4a1c0 as OpaqueRef:h1, nor OpaqueRef:gone", "bunker"]));
        _access.Apply(new([], [new("g", SubjectId.User("2"), Role.Operator.Id, new AccessScope.OfObject(Key))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

        var run = await _runner.StartAsync(new(new("2", "bob"), "console"), VmPowerOperations.Start, Key, null, patience.Token);
        var result = await run.Completion.WaitAsync(patience.Token);

        foreach (var text in (string[])[result.Message, result.Code!])
        {
            Assert.Contains("web-01 cannot reach an object you may not see", text, StringComparison.Ordinal);
            Assert.DoesNotContain("bunker", text, StringComparison.Ordinal);
            Assert.DoesNotContain("192.0.2.77", text, StringComparison.Ordinal);
            Assert.DoesNotContain("5f2dbf2b", text, StringComparison.Ordinal);
            Assert.DoesNotContain("OpaqueRef:", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_TaskLostByTheHost_IsUnknownNotSuccess()
    {
        using var patience = Patience.Source();

        var run = await _runner.StartAsync(s_admin, VmPowerOperations.Start, Key, null, patience.Token);
        // The first listing that the run hears of comes after the host named the task; which one that is does not matter.
        while (run.Result is null)
        {
            _pool.Writer.ApplyListing([s_vm]);
            await Task.Delay(5, patience.Token);
        }

        Assert.Equal(OperationEnd.Unknown, run.Result.End);
        Assert.Contains("web-01", run.Result.Message);
    }

    [Fact]
    public async Task Start_ToItsEnd_StandsInTheAuditTwice()
    {
        using var patience = Patience.Source();
        _pool.Put(TaskIs(XapiTaskStatus.Failure, errors: ["VM_BAD_POWER_STATE", s_vm.Ref, "halted", "running"]));

        var run = await _runner.StartAsync(s_admin, VmPowerOperations.Start, Key, null, patience.Token);
        await run.Completion.WaitAsync(patience.Token);
        while (_audit.Log.Newest < 2)
            await Task.Delay(5, patience.Token);
        var records = _audit.Log.ReadAfter(0, 10).Select(entry => entry.Record).ToList();

        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Failed], records.Select(record => record.Outcome));
        Assert.All(records, record => Assert.Equal(
            ("vm.start", "ada", "Administrator", "console", "192.0.2.7", new AuditTarget("VM", StoreFixture.PoolUuid, s_vm.Uuid, "web-01")),
            (record.Action, record.Actor.Name, record.Actor.Role, record.Face, record.Address, record.Target)));
        Assert.Equal((run.Number, TaskRef, run.Result!.Message), (records[1].Of, records[1].Task, records[1].Message));
    }

    [Fact]
    public async Task Start_CannotBeRecorded_IsRefusedAndMakesNoCall()
    {
        _audit.Tamper("ALTER TABLE records RENAME TO away");

        var error = await Assert.ThrowsAsync<OperationRefusedException>(() => _runner.StartAsync(s_admin, VmPowerOperations.Start, Key, null, TestContext.Current.CancellationToken));

        Assert.Contains(_audit.File, error.Message, StringComparison.Ordinal);
        Assert.Empty(_host.Heard);
    }

    [Fact]
    public async Task Start_WithoutTheRight_MakesNoCall()
    {
        var viewer = new Requester(new("2", "bob"), "console");
        _access.Apply(new([], [new("g", SubjectId.User("2"), Role.Viewer.Id, new AccessScope.OfObject(Key))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

        var error = await Assert.ThrowsAsync<OperationRefusedException>(() => _runner.StartAsync(viewer, VmPowerOperations.Start, Key, null, TestContext.Current.CancellationToken));

        Assert.Contains("bob does not have the right", error.Message);
        Assert.Empty(_host.Heard);
        Assert.Equal(("bob", AuditOutcome.Refused), Assert.Single(_audit.Log.Read(new())).Record is var record ? (record.Actor.Name, record.Outcome) : default);
    }

    [Fact]
    public async Task Start_NotPossible_MakesNoCallAndSaysWhy()
    {
        var error = await Assert.ThrowsAsync<OperationRefusedException>(() => _runner.StartAsync(s_admin, VmPowerOperations.CleanShutdown, Key, null, TestContext.Current.CancellationToken));

        Assert.Equal("web-01 is not running.", error.Message);
        Assert.Empty(_host.Heard);
    }

    [Fact]
    public async Task Start_UnknownObject_IsRefused()
    {
        var error = await Assert.ThrowsAsync<OperationRefusedException>(() => _runner.StartAsync(s_admin, VmPowerOperations.Start, new(StoreFixture.PoolUuid, "nobody"), null, TestContext.Current.CancellationToken));

        Assert.Contains("nobody", error.Message);
    }

    public async ValueTask DisposeAsync()
    {
        _pool.Writer.Dispose();
        await _connection.DisposeAsync();
        _audit.Dispose();
        await _host.DisposeAsync();
    }

    private static XapiTask TaskIs(XapiTaskStatus status, double progress = 0, ImmutableArray<string>? errors = null) =>
        new() { Ref = TaskRef, Uuid = "task-uuid", NameLabel = "Async.VM.start", Status = status, Progress = progress, ErrorInfo = errors ?? [] };

    private async Task HeardAsync(string method, CancellationToken token)
    {
        while (_host.Heard.All(r => r.Method != method))
            await Task.Delay(5, token);
    }
}
