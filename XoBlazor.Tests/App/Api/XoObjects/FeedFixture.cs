using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.App.Api.XoObjects.Feed;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.App.Api.XoObjects;

/// <summary>A store with a pool of a few VMs, who may view what, and the feeds.</summary>
internal sealed class FeedFixture : IAsyncDisposable
{
    public const string PoolUuid = "5c25d6b2-0000-4000-8000-000000000001";

    private readonly CancellationTokenSource _stop = new();
    private readonly AccessEngine _engine;
    private readonly VisibleStores _stores;
    private readonly Task _following;

    public FeedFixture(XoFeedOptions? options = null, TimeProvider? time = null)
    {
        Writer = Store.Open(PoolUuid);
        Writer.ApplyListing([new Pool { Ref = "OpaqueRef:pool", Uuid = PoolUuid }, Vm("a", "prod"), Vm("b", "test"), new VmMetrics { Ref = "OpaqueRef:metrics", MemoryActual = 1 }]);
        _engine = new(Store);
        _stores = new(Store, _engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        Feeds = new(time ?? TimeProvider.System, NullLogger<XoFeeds>.Instance, options ?? new() { Pace = TimeSpan.Zero, PaceForMany = TimeSpan.Zero });
        _following = _stores.RunAsync(_stop.Token);
    }

    public ObjectStore Store { get; } = new(TimeProvider.System, []);

    public PoolWriter Writer { get; }

    public XoFeeds Feeds { get; }

    public static Vm Vm(string uuid, string tag, string name = "") => new()
    {
        Ref = $"OpaqueRef:{uuid}",
        Uuid = uuid,
        NameLabel = name,
        Tags = [tag],
        PowerState = VmPowerState.Running,
        Metrics = new("OpaqueRef:metrics"),
    };

    public VisibleStore Everything() => _stores.For(Actor.System);

    public VisibleStore Ada() => _stores.For(new("ada", "ada"));

    public void Grant(params ReadOnlySpan<AccessScope> scopes)
    {
        var number = 0;
        var grants = ImmutableArray.CreateBuilder<Grant>();
        foreach (var scope in scopes)
            grants.Add(new($"{number++}", SubjectId.User("ada"), Role.Viewer.Id, scope));
        _engine.Apply(new([], grants.ToImmutable(), ImmutableDictionary<string, ImmutableArray<string>>.Empty));
    }

    public void Put(params IEnumerable<XapiObject> objects) => Writer.Apply(objects.Select(ObjectUpdate.Present));

    public void Remove(string uuid) => Writer.Apply([ObjectUpdate.Gone($"OpaqueRef:{uuid}")]);

    public async ValueTask DisposeAsync()
    {
        await Feeds.DisposeAsync();
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _following);
        _stores.Dispose();
        Writer.Dispose();
        _stop.Dispose();
    }
}

/// <summary>A client of the feed: reads all there is, as it comes, into a picture of its own.</summary>
internal sealed class FeedClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly VisibleStore _view;
    private readonly Task _reading;

    public FeedClient(FeedFixture fixture, VisibleStore view)
    {
        _view = view;
        Reader = fixture.Feeds.Open(view);
        _reading = ReadAsync();
    }

    public XoFeedReader Reader { get; }

    /// <summary>What the client knows of: id to object.</summary>
    public Dictionary<string, JsonObject> Knows { get; } = new(StringComparer.Ordinal);

    /// <summary>The next message as it came.</summary>
    public ValueTask<ReadOnlyMemory<byte>> NextBytesAsync(CancellationToken cancellation) => _frames.Reader.ReadAsync(cancellation);

    /// <summary>The next message, taken in.</summary>
    public async Task<JsonObject> NextAsync(CancellationToken cancellation)
    {
        var message = JsonNode.Parse((await NextBytesAsync(cancellation)).Span)!.AsObject();
        var told = message["params"]!.AsObject();
        var type = (string?)told["type"];
        foreach (var (id, value) in (type == "enter" ? told["items"] : told["enter"])?.AsObject() ?? [])
            Knows[id] = value!.DeepClone().AsObject();
        foreach (var (id, _) in (type == "exit" ? told["items"] : told["exit"])?.AsObject() ?? [])
            Knows.Remove(id);
        foreach (var (id, value) in told["update"]?.AsObject() ?? [])
            foreach (var (name, now) in value!.AsObject())
                Knows[id][name] = now?.DeepClone();
        foreach (var (id, names) in told["unset"]?.AsObject() ?? [])
            foreach (var name in names!.AsArray())
                Knows[id].Remove((string)name!);
        return message;
    }

    /// <summary>Takes messages in until the client knows what is wanted.</summary>
    public async Task UntilAsync(Func<bool> isReached, CancellationToken cancellation)
    {
        while (!isReached())
            await NextAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        Reader.Dispose();
        _view.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var frame in Reader.ReadAsync(_stop.Token))
                await _frames.Writer.WriteAsync(frame, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            _frames.Writer.Complete();
        }
    }
}
