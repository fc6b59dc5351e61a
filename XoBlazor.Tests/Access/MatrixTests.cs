using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Operations;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Xapi;

namespace XoBlazor.Tests.Access;

/// <summary>Every operation there is, with every role, on an object that was granted and on one that was not: a refused one never reaches a host.</summary>
public sealed class MatrixTests : IAsyncDisposable
{
    private const string Pool = "pool";

    private static readonly OperationCatalogue s_catalogue = Catalogue();

    /// <summary>What makes the different things that XAPI keeps in one class.</summary>
    private static readonly string[] s_kinds = ["", ""","is_a_template":true""", ""","is_a_template":true,"is_a_snapshot":true""", ",\"type\":\"CD\"", ",\"content_type\":\"iso\"", ",\"other_config\":{\"xo-blazor:cloud_config\":\"x\"}"];

    private readonly AuditHome _audit = new();
    private readonly ObjectStore _store = new(TimeProvider.System, []);
    private readonly AccessEngine _engine;
    private readonly ScriptedHost _spy = ScriptedHost.Results(_ => """{"jsonrpc":"2.0","result":"OpaqueRef:NULL","id":1}""");
    private readonly XapiConnection _connection;
    private readonly OperationRunner _runner;

    public MatrixTests()
    {
        _engine = new(_store);
        _connection = new(_spy.Endpoint, new("root", "secret"));
        _runner = new(_store, new(), _engine, _audit.Log, new OneConnection(_connection), TimeProvider.System, NullLogger<OperationRunner>.Instance);
        using var writer = _store.Open(Pool);
        writer.ApplyListing(s_catalogue.All.SelectMany(o => (XapiObject[])[Target(o, "given"), Target(o, "other"), .. Named(o)]).DistinctBy(o => o.Ref));
    }

    public static TheoryData<string, string?> Cells =>
        [.. from operation in s_catalogue.All from role in Role.BuiltIn.Select(r => r.Id).Append("custom").Append(null) select (operation.Name, role)];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task RefusedOperation_MakesNoCall(string name, string? role)
    {
        var operation = s_catalogue.Find(name)!;
        var actor = new Actor("ada", "ada");
        var (given, other) = (Key(operation, "given"), Key(operation, "other"));
        var custom = Role.Custom("custom", "Custom", []);
        _engine.Apply(new([custom], role is null ? [] : [new("1", SubjectId.User("ada"), role, new AccessScope.OfObject(given))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        var isAllowed = role is not null && _engine.Policy.Roles[role].Has(operation.Right);

        Assert.Equal(isAllowed, _engine.Refusal(actor, operation.Right, given) is null);
        Assert.NotNull(_engine.Refusal(actor, operation.Right, other));
        Assert.Equal(AccessEngine.NoSuchObject(other), await RefusalAsync(actor, operation, other));
        Assert.Equal(AccessEngine.NoSuchObject(new(Pool, "nowhere")), await RefusalAsync(actor, operation, new(Pool, "nowhere")));
        if (!isAllowed)
            Assert.Equal(_engine.Refusal(actor, operation.Right, given), await RefusalAsync(actor, operation, given));
        Assert.Empty(_spy.Heard);
    }

    /// <summary>The same by the buttons of the console: what is refused is disabled with the reason, and pressing it all the same begins nothing.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public async Task RefusedButton_SaysWhyAndMakesNoCall(string name, string? role)
    {
        var operation = s_catalogue.Find(name)!;
        var (given, other) = (Key(operation, "given"), Key(operation, "other"));
        _engine.Apply(new([Role.Custom("custom", "Custom", [])], role is null ? [] : [new("1", SubjectId.User("ada"), role, new AccessScope.OfObject(given))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        var isAllowed = role is not null && _engine.Policy.Roles[role].Has(operation.Right);
        using var stores = new VisibleStores(_store, _engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        using var view = new CircuitView(stores, _engine, new(new(), new(), TimeProvider.System), new Ada());
        await view.OpenAsync();
        var actions = new Actions(_runner, new Ada(), view, null!, null!, null!);
        var pool = _store.Current.Pool(Pool)!;

        Assert.Equal(role is null ? null : pool.GetByUuid(given.Uuid), view.Objects.Find(given));
        Assert.Null(view.Objects.Find(other));
        Assert.Equal(AccessEngine.NoSuchObject(other), actions.Obstacle(operation, pool, pool.GetByUuid(other.Uuid)!));
        Assert.False(await actions.StartAsync(operation, [(pool, pool.GetByUuid(other.Uuid)!)]));
        var refusal = actions.Obstacle(operation, pool, pool.GetByUuid(given.Uuid)!);
        if (isAllowed)
        {
            Assert.Equal(operation.Obstacle(pool, pool.GetByUuid(given.Uuid)!), refusal);
        }
        else
        {
            Assert.Equal(_engine.Refusal(view.Eyes, operation.Right, given), refusal);
            Assert.False(await actions.StartAsync(operation, [(pool, pool.GetByUuid(given.Uuid)!)]));
        }

        Assert.Empty(_spy.Heard);
    }

    public static TheoryData<string, string> NamedObjects =>
        [.. from operation in s_catalogue.All from path in ArgumentSamples.ObjectPaths(operation) select (operation.Name, path)];

    /// <summary>Whoever may do everything with all else that takes part, but not with one object that is named: that one is judged by itself.</summary>
    [Theory]
    [MemberData(nameof(NamedObjects))]
    public async Task NamedObject_IsJudgedAsItself(string name, string path)
    {
        var operation = s_catalogue.Find(name)!;
        var (actor, given) = (new Actor("ada", "ada"), Key(operation, "given"));
        var named = new ObjectKey(Pool, ArgumentSamples.IdAt(operation, path));
        var parameter = ArgumentSamples.At(operation, path);
        Grant[] others = [.. Named(operation).Select(o => o.Uuid).Append(given.Uuid).Where(id => id != named.Uuid)
            .Select((id, place) => new Grant($"{place}", SubjectId.User("ada"), Role.Administrator.Id, new AccessScope.OfObject(new(Pool, id))))];
        var none = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

        _engine.Apply(new([], others, none));
        Assert.Equal(AccessEngine.NoSuchObject(named), await RefusalAsync(actor, operation, given, ArgumentSamples.For(operation, path)));
        if (parameter.Right!.Level > RightLevel.Read)
        {
            _engine.Apply(new([], [.. others, new("v", SubjectId.User("ada"), Role.Viewer.Id, new AccessScope.OfObject(named))], none));
            Assert.Equal(_engine.Refusal(actor, parameter.Right, named), await RefusalAsync(actor, operation, given, ArgumentSamples.For(operation, path)));
        }

        Assert.Empty(_spy.Heard);
    }

    public static TheoryData<string, string, string> GivenParameters =>
        [.. from operation in s_catalogue.All where operation.Rights.Length > 1 from parameter in operation.Parameters from right in operation.Rights select (operation.Name, parameter.Name, right.Name)];

    /// <summary>Where parameters take different rights, each is judged by its own, whichever other of them somebody has.</summary>
    [Theory]
    [MemberData(nameof(GivenParameters))]
    public void Parameter_TakesItsOwnRight(string name, string given, string right)
    {
        var operation = s_catalogue.Find(name)!;
        var (actor, key) = (new Actor("ada", "ada"), Key(operation, "given"));
        var parameter = operation.Parameters.First(one => one.Name == given);
        Grant[] named = [.. Named(operation).Select((one, place) => new Grant($"{place}", SubjectId.User("ada"), Role.Administrator.Id, new AccessScope.OfObject(new(Pool, one.Uuid))))];
        _engine.Apply(new([Role.Custom("one", "One", [right])], [.. named, new("one", SubjectId.User("ada"), "one", new AccessScope.OfObject(key))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

        var refused = Record.Exception(() => _runner.Review(new(actor, "test"), operation, key, ArgumentSamples.With(operation, parameter))) as OperationRefusedException;

        Assert.Equal(operation.RightFor(parameter).Name == right ? null : _engine.Refusal(actor, operation.RightFor(parameter), key), refused is { Reason: RefusalReason.Impossible } ? null : refused?.Message);
    }

    [Fact]
    public async Task Parameter_ThatSomebodyMayNotChange_MayBeGivenAsItIsAndIsNotSet()
    {
        using var patience = Patience.Source();
        var operation = VmOperations.Edit;
        var (actor, key) = (new Actor("ada", "ada"), Key(operation, "given"));
        _engine.Apply(new([Role.Custom("one", "One", [VmRights.EditBoot.Name])], [new("one", SubjectId.User("ada"), "one", new AccessScope.OfObject(key))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

        var run = await _runner.StartAsync(new(actor, "test"), operation, key, new() { ["name_label"] = "", ["cpusMax"] = 0, ["startDelay"] = 5 }, patience.Token);
        await run.Completion.WaitAsync(patience.Token);
        var refusal = await RefusalAsync(actor, operation, key, new() { ["name_label"] = "other", ["startDelay"] = 7 });

        Assert.Equal(_engine.Refusal(actor, VmRights.Edit, key), refusal);
        var calls = string.Concat(_spy.Heard);
        Assert.Contains("VM.set_start_delay", calls, StringComparison.Ordinal);
        Assert.DoesNotContain("VM.set_name_label", calls, StringComparison.Ordinal);
        Assert.DoesNotContain("VM.set_VCPUs", calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllowedOperation_ReachesTheSpy()
    {
        using var patience = Patience.Source();
        var operation = s_catalogue.All.First(o => o.Target == XapiClass.Vm && o.Parameters.IsEmpty);
        using var writer = _store.Open(Pool);
        writer.Apply([ObjectUpdate.Present((Vm)Target(operation, "given") with { AllowedOperations = EnumSet<VmOperation>.Of(Enum.GetValues<VmOperation>()) })]);

        var run = await _runner.StartAsync(Requester.Server, operation, Key(operation, "given"), null, patience.Token);
        await run.Completion.WaitAsync(patience.Token);

        Assert.NotEmpty(_spy.Heard);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _spy.DisposeAsync();
        _audit.Dispose();
    }

    private async Task<string> RefusalAsync(Actor actor, Operation operation, ObjectKey key, JsonObject? arguments = null) =>
        (await Assert.ThrowsAsync<OperationRefusedException>(() => _runner.StartAsync(new(actor, "test"), operation, key, arguments, TestContext.Current.CancellationToken))).Message;

    private static ObjectKey Key(Operation operation, string which) => new(Pool, Target(operation, which).Uuid);

    /// <summary>The plainest object that the operation is for.</summary>
    private static XapiObject Target(Operation operation, string which) =>
        s_kinds.Select((kind, place) => Blank(operation.Target, $"{which}{place}", kind)).First(operation.IsFor);

    private static IEnumerable<XapiObject> Named(Operation operation) =>
        ArgumentSamples.ObjectPaths(operation).Select(path => Blank(ArgumentSamples.At(operation, path).Classes[0], path));

    /// <summary>A record of the class with little but its identity; read like one from the wire, so that every other field has its zero value.</summary>
    private static XapiObject Blank(XapiClass type, string id, string kind = "") =>
        XapiCodec.For(type).Read(System.Text.Encoding.UTF8.GetBytes($$"""{"uuid":"{{type}}-{{id}}"{{kind}}}"""), $"OpaqueRef:{type}-{id}", null, new());

    private static OperationCatalogue Catalogue()
    {
        using var services = new ServiceCollection().AddOperations().BuildServiceProvider();
        return services.GetRequiredService<OperationCatalogue>();
    }

    private sealed class Ada : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, "ada"), new(ClaimTypes.Name, "ada")], "test"))));
    }
}
