using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.Watching;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Notifications.Support;

/// <summary>Rules beside a made-up pool, with the server's own database and a clock that a test turns; nothing runs by itself.</summary>
internal sealed class NotificationBench : IAsyncDisposable
{
    private readonly string _file = Path.Combine(System.IO.Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"notifications-{Guid.NewGuid():N}.db");
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly NotificationStore _kept;
    private readonly Dictionary<ObjectKey, HostFigures> _figures = [];
    private LastSeen _seen = new();
    private NotificationWatch _watch = null!;
    private NotificationPost _post = null!;

    private NotificationBench()
    {
        Store = new(Time, []);
        Pool = new(Store, vms: 6);
        Pool.Apply([.. Pool.Picture.All<Core.Model.HostMetrics>().Select(metrics => metrics with { Live = true })]);
        Access = new(Store);
        Pools = [State(PoolStatus.Connected)];
        _kept = new(new Databases(_file), NullLogger<NotificationStore>.Instance);
        Options = new() { Address = "https://xo.example.test/" };
    }

    /// <summary>A Monday noon.</summary>
    public FakeTimeProvider Time { get; } = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public ObjectStore Store { get; }

    public SamplePool Pool { get; }

    public AccessEngine Access { get; }

    public NotificationOptions Options { get; }

    public FakeTransport Mail { get; } = new("mail", reachesPeople: true);

    public FakeTransport Hook { get; } = new("hook", reachesPeople: false);

    public NotificationRules Rules { get; private set; } = null!;

    public INotificationStore Kept => _kept;

    public ImmutableArray<PoolState> Pools { get; set; }

    public List<OperationRun> Runs { get; } = [];

    public List<InstalledPlugin> Plugins { get; } = [];

    public Dictionary<ObjectKey, HostUpdates> Updates { get; } = [];

    public Dictionary<string, NotificationPerson> People { get; } = [];

    public CancellationToken Token => _patience.Token;

    public static async Task<NotificationBench> StartAsync()
    {
        var bench = new NotificationBench();
        await using (var database = new Databases(bench._file).CreateDbContext())
            await database.Database.EnsureCreatedAsync(bench.Token);
        await bench.RestartAsync();
        return bench;
    }

    /// <summary>As after a new start of the server: of what was, only what is in the database is known.</summary>
    public async Task RestartAsync()
    {
        _watch?.Dispose();
        Rules?.Dispose();
        _seen = new();
        var transports = new NotificationTransports([Mail, Hook], []);
        Rules = new(_kept, transports);
        await Rules.LoadAsync(Token);
        var sources = new NotificationSources
        {
            Pools = () => Pools,
            Runs = () => Runs,
            Plugins = () => [.. Plugins],
            Updates = host => Updates.GetValueOrDefault(host),
            LatestAsync = (_, _) => Task.FromResult(new LatestMetrics(_figures.ToFrozenDictionary())),
        };
        _watch = new(Store, Access, Rules, _kept, sources, _seen, Options, Time, NullLogger<NotificationWatch>.Instance);
        var rights = new RightCatalogue([.. Right.Readings, new("plugin.administer", "Install plugins", RightLevel.Administer), new("pool.connect", "Add pools", RightLevel.Administer)]);
        var judge = new RecipientJudge(Access, Store, new Directory(People), rights, _seen);
        _post = new(Rules, transports, _kept, judge, Store, ObjectUrl.Of, Options, Time, new Random(1), NullLogger<NotificationPost>.Instance);
        await LookAsync();
    }

    /// <summary>A rule that sends to an address at once, unless a test wants otherwise.</summary>
    public async Task<NotificationRule> RuleAsync(NotificationTrigger when, Func<NotificationRule, NotificationRule>? other = null)
    {
        var rule = new NotificationRule { Id = Guid.NewGuid(), Name = $"Rule {Rules.All.Length + 1}", When = when, Who = [new Recipient.At("ops@example.test")], How = "mail" };
        rule = other?.Invoke(rule) ?? rule;
        await Rules.SaveAsync(rule, Token);
        await LookAsync();
        return rule;
    }

    public Task LookAsync() => _watch.LookAsync(Token);

    public Task SendAsync() => _post.SendAsync(Token);

    /// <summary>Turns the clock, looks, and sends what is due.</summary>
    public async Task PassAsync(TimeSpan span = default)
    {
        Time.Advance(span);
        await LookAsync();
        await SendAsync();
    }

    /// <summary>Samples these figures, looks, and sends.</summary>
    public async Task SampleAsync(TimeSpan after, params (MetricsOwner Owner, string Uuid, string Name, float Value)[] figures)
    {
        Time.Advance(after);
        var owners = figures.GroupBy(one => (one.Owner, one.Uuid)).ToFrozenDictionary(group => group.Key, group => group.ToFrozenDictionary(one => one.Name, one => ImmutableArray.Create(one.Value, one.Value)));
        _figures.Clear();
        foreach (var host in Pool.Picture.All<Core.Model.Host>())
            _figures[Pool.Picture.Key(host)] = new(new(Time.GetUtcNow(), TimeSpan.FromSeconds(5), 2, FrozenDictionary<string, ImmutableArray<float>>.Empty), owners, 10);
        await _watch.SampleAsync(Token);
        await LookAsync();
        await SendAsync();
    }

    public Task<ImmutableArray<OutboxEntry>> MessagesAsync(OutboxState? state = null) => _kept.ListAsync(state, 1000, Token);

    public PoolState State(PoolStatus status) => new()
    {
        Id = new(1, 2, 3, new byte[8]),
        Status = status,
        Since = Time.GetUtcNow(),
        Name = "Lyon",
        Address = "lyon.example.test",
        PoolUuid = Pool.Uuid,
        LastAnswer = Time.GetUtcNow(),
        Problem = status == PoolStatus.Connected ? null : "It does not answer.",
    };

    /// <summary>Gives a user a role somewhere, and an account with an address.</summary>
    public void Person(string id, Role? role, AccessScope? scope = null, params string[] groups)
    {
        People[id] = new(id, id, $"{id}@example.test");
        var policy = Access.Policy;
        Access.Apply(new([], role is null ? policy.Grants : policy.Grants.Add(new(id, SubjectId.User(id), role.Id, scope ?? AccessScope.Everything.Instance)), policy.GroupsOfUsers.ToDictionary().Append(new(id, [.. groups])).ToDictionary()));
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        Rules.Dispose();
        Pool.Dispose();
        foreach (var end in (string[])["", "-wal", "-shm", "-journal"])
            System.IO.File.Delete(_file + end);
        _patience.Dispose();
        await Task.CompletedTask;
    }

    private sealed class Directory(Dictionary<string, NotificationPerson> people) : INotificationPeople
    {
        public Task<NotificationPerson?> FindAsync(string user, CancellationToken token) => Task.FromResult(people.GetValueOrDefault(user));
    }

    private sealed class Databases(string file) : IDbContextFactory<AppDatabase>
    {
        public AppDatabase CreateDbContext() => new(new DbContextOptionsBuilder<AppDatabase>().UseSqlite($"Data Source={file};Pooling=False").Options);
    }
}
