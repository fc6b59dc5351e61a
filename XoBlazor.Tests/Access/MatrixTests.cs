using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Xapi;

namespace XoBlazor.Tests.Access;

/// <summary>Every operation there is, with every role, on an object that was granted and on one that was not: a refused one never reaches a host.</summary>
public sealed class MatrixTests : IAsyncDisposable
{
    private const string Pool = "pool";

    private static readonly OperationCatalogue s_catalogue = Catalogue();

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
        writer.ApplyListing(s_catalogue.All.Select(o => o.Target).Distinct().SelectMany(c => (XapiObject[])[Blank(c, "given"), Blank(c, "other")]));
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
        var actions = new Actions(_runner, new Ada(), view, null!);
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

    [Fact]
    public async Task AllowedOperation_ReachesTheSpy()
    {
        using var patience = Patience.Source();
        var operation = s_catalogue.All.First(o => o.Target == XapiClass.Vm && o.Parameters.IsEmpty);
        using var writer = _store.Open(Pool);
        writer.Apply([ObjectUpdate.Present(new Vm { Ref = "OpaqueRef:Vm-given", Uuid = "Vm-given", AllowedOperations = EnumSet<VmOperation>.Of(Enum.GetValues<VmOperation>()) })]);

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

    private async Task<string> RefusalAsync(Actor actor, Operation operation, ObjectKey key) =>
        (await Assert.ThrowsAsync<OperationRefusedException>(() => _runner.StartAsync(new(actor, "test"), operation, key, null, TestContext.Current.CancellationToken))).Message;

    private static ObjectKey Key(Operation operation, string which) => new(Pool, $"{operation.Target}-{which}");

    /// <summary>A record of the class with nothing but its identity; read like one from the wire, so that every field has its zero value.</summary>
    private static XapiObject Blank(XapiClass type, string which) =>
        XapiCodec.For(type).Read(System.Text.Encoding.UTF8.GetBytes($$"""{"uuid":"{{type}}-{{which}}"}"""), $"OpaqueRef:{type}-{which}", null, new());

    private static OperationCatalogue Catalogue()
    {
        using var services = new ServiceCollection().AddOperations().BuildServiceProvider();
        return services.GetRequiredService<OperationCatalogue>();
    }

    private sealed class OneConnection(XapiConnection connection) : IPoolConnections
    {
        public XapiConnection? Find(string poolUuid) => connection;
    }

    private sealed class Ada : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, "ada"), new(ClaimTypes.Name, "ada")], "test"))));
    }
}
