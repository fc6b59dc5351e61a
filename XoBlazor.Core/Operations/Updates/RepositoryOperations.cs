using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Repositories;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>The verbs of the repositories that pools of XenServer 8 and later take updates from.</summary>
public sealed class RepositoryOperations
{
    private static readonly Right s_sync = new("patch.sync", "Synchronise pools with their repositories", RightLevel.Administer);
    private static readonly Right s_configure = new("patch.configure", "Choose where pools take updates from", RightLevel.Administer);

    /// <summary>In XAPI's order: Sunday is 0.</summary>
    private static readonly ImmutableArray<string> s_days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private readonly Lazy<IMissingUpdates> _missing;

    /// <param name="missing">Asked for when an operation runs: the catalogue of operations is made in places without pools, too.</param>
    public RepositoryOperations(Lazy<IMissingUpdates> missing)
    {
        _missing = missing;
        All = [Sync, Configure, SetProxy, Add, Forget];
    }

    public ImmutableArray<Operation> All { get; }

    /// <summary>A pool's day of synchronisation as its name; null for what is none.</summary>
    public static string? DayOf(Pool pool) => pool.UpdateSyncDay is >= 0 and < 7 ? s_days[(int)pool.UpdateSyncDay] : null;

    private OperationOn<Pool> Sync => new("pool.sync_updates", s_sync, SyncAsync)
    {
        Title = "Synchronise",
        Progressive = "Synchronising",
        Description = "Brings the pool's copy of its update repositories up to date, and finds out what its hosts lack of it.",
        Group = OperationGroup.Change,
        ForIn = IsFor,
        Unless = (pool, _) => Stranger(pool) ?? RepositoryFacts.Obstacle(pool),
    };

    private static EditOperation<Pool> Configure { get; } = new("pool.set_update_sources", s_configure,
        new Edit<Pool>(
            OperationParameter.List("repositories", "Repositories", OperationParameter.Object<UpdateRepository>("repository", "Repository", Right.View)) with
            {
                MaxLength = 16,
                Description = "One that holds updates, and those that go with it. Synchronise afterwards: the copy of others is dropped.",
                Present = (pool, _) => new JsonArray([.. RepositoryFacts.Used(pool).Select(repository => (JsonNode)repository.Uuid)]),
            },
            (work, pool) => work.RunAsync("pool.set_repositories", pool.Ref, XapiValue.Set(work.Arguments.List<UpdateRepository>("repositories").Select(repository => (XapiValue)repository.Ref)))),
        new Edit<Pool>(
            OperationParameter.Choice("syncFrequency", "Synchronise every", "daily", "weekly") with { Present = (_, pool) => EnumText<UpdateSyncFrequency>.Wire(((Pool)pool).UpdateSyncFrequency) },
            (work, pool) => ScheduleAsync(work, work.Arguments.Text("syncFrequency")!, work.Arguments.Text("syncDay") ?? DayOf(pool))),
        new Edit<Pool>(
            OperationParameter.Choice("syncDay", "On", s_days) with { Description = "Where it is every week.", Present = (_, pool) => DayOf((Pool)pool) },
            (work, pool) => work.Arguments.Has("syncFrequency") ? Task.CompletedTask : ScheduleAsync(work, EnumText<UpdateSyncFrequency>.Wire(pool.UpdateSyncFrequency), work.Arguments.Text("syncDay"))),
        Edit<Pool>.Flag("syncEnabled", "Synchronise by itself", "pool.set_update_sync_enabled", pool => pool.UpdateSyncEnabled))
    {
        Title = "Update sources",
        Progressive = "Changing",
        Description = "Chooses which repositories the pool takes updates from, and when it synchronises with them by itself.",
        ForIn = (pool, _) => RepositoryFacts.HasRepositories(pool),
        Unless = (pool, _) => Stranger(pool),
    };

    private static OperationOn<Pool> SetProxy { get; } = new("pool.set_update_proxy", s_configure, SetProxyAsync)
    {
        Title = "Update proxy",
        Progressive = "Changing the proxy",
        Description = "Sets the proxy through which the pool reaches its update repositories, or takes it away.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        ForIn = IsFor,
        Unless = (pool, _) => Stranger(pool),
        UnlessWith = (_, _, given) => (given.Text("username") is { Length: > 0 }) != (given.Text("password") is { Length: > 0 }) ? "The proxy's user name and password go together: give both, or neither." : null,
        Parameters =
        [
            OperationParameter.Text("url", "Proxy") with { IsClearable = true, Description = "Such as http://proxy:3128; none when nothing is given.", Present = (_, pool) => ((Pool)pool).RepositoryProxyUrl },
            OperationParameter.Text("username", "User name") with { Present = (_, pool) => ((Pool)pool).RepositoryProxyUsername },
            OperationParameter.Text("password", "Password") with { IsSecret = true },
        ],
    };

    private static OperationOn<Pool> Add { get; } = new("pool.add_update_repository", s_configure, AddAsync)
    {
        Title = "Add a repository",
        Progressive = "Adding a repository",
        Description = "Lets the pool know another repository of updates or packages, and use it.",
        Group = OperationGroup.Make,
        Makes = XapiClass.UpdateRepository,
        SuitsMany = false,
        ForIn = IsFor,
        Unless = (pool, _) => Stranger(pool),
        Parameters =
        [
            OperationParameter.Text("name", "Name") with { IsRequired = true, MaxLength = 100 },
            OperationParameter.Text("url", "Address") with { IsRequired = true, Description = "Of its packages, as its maker gives it." },
            OperationParameter.Text("sourceUrl", "Address of its sources") with { IsAdvanced = true },
            OperationParameter.Flag("holdsUpdates", "It describes updates") with { Default = true, Description = "A pool uses one such repository; others hold further packages." },
        ],
    };

    private static OperationOn<Pool> Forget { get; } = new("pool.forget_update_repository", s_configure, (work, _) => work.RunAsync("Repository.forget", Named(work.Pool, work.Arguments)!.Ref))
    {
        Title = "Forget a repository",
        Progressive = "Forgetting a repository",
        Description = "Takes a repository that the pool does not use off its books. To use it again, it has to be added anew.",
        Group = OperationGroup.Delete,
        SuitsMany = false,
        ForIn = IsFor,
        Unless = (pool, _) => Stranger(pool),
        UnlessWith = (pool, _, given) => Named(pool, given) is not { } repository ? $"{pool.Name()} knows no repository of that name."
            : RepositoryFacts.Used(pool).Contains(repository) ? $"{pool.Name()} uses {ForeignText.Shown(repository.NameLabel)}. Choose others under Update sources first." : null,
        Parameters = [OperationParameter.Text("repository", "Repository") with { IsRequired = true, Description = "Its name, or its uuid." }],
    };

    private static UpdateRepository? Named(PoolPicture pool, OperationArguments given) =>
        pool.All<UpdateRepository>().FirstOrDefault(one => one.Uuid == given.Text("repository") || one.NameLabel == given.Text("repository"));

    private async Task SyncAsync(OperationWork work, Pool pool)
    {
        await RepositorySync.RunAsync(work);
        var hosts = work.Pool.All<Host>().Where(work.Pool.IsHostLive).ToList();
        var lists = await Task.WhenAll(hosts.Select(host => _missing.Value.LookAsync(work.Pool.Key(host), TimeSpan.Zero, work.Token)));
        var (lacking, unknown) = (lists.Count(list => list is { Problem: null, Missing.Length: > 0 }), lists.Count(list => list.Problem is not null));
        work.Tell(new JsonObject { ["hosts"] = hosts.Count, ["lacking"] = lacking, ["unknown"] = unknown },
            unknown > 0 ? $"The copy is of now; what {unknown} of {hosts.Count} hosts lack could not be found out: {lists.First(list => list.Problem is not null).Problem}"
            : lacking == 0 ? "The copy is of now; all hosts are up to date." : $"The copy is of now; {lacking} of {hosts.Count} hosts lack updates.");
    }

    private static Task ScheduleAsync(OperationWork work, string frequency, string? day) =>
        work.CallAsync("pool.configure_update_sync", work.Target.Ref, frequency, frequency == "weekly" ? Math.Max(s_days.IndexOf(day ?? ""), 0) : 0);

    private static Task SetProxyAsync(OperationWork work, Pool pool) => work.Arguments.Text("url") is { Length: > 0 } url
        ? work.CallAsync("pool.configure_repository_proxy", pool.Ref, url, work.Arguments.Text("username") ?? "", work.Arguments.Text("password") ?? "")
        : work.CallAsync("pool.disable_repository_proxy", pool.Ref);

    private static async Task AddAsync(OperationWork work, Pool pool)
    {
        var given = work.Arguments;
        var made = await work.MakeAsync<UpdateRepository>("Repository.introduce", given.Text("name")!, "", given.Text("url")!, given.Text("sourceUrl") ?? "", given.Flag("holdsUpdates") ?? true, "");
        work.Undo($"the repository '{given.Text("name")}'", () => work.CallAsync("Repository.forget", made.Value!));
        work.Made(made);
        await work.RunAsync("pool.add_repository", pool.Ref, made.Value!);
    }

    private static bool IsFor(PoolPicture pool, Pool target) => RepositoryFacts.HasRepositories(pool);

    private static string? Stranger(PoolPicture pool) => RepositoryFacts.HasRepositories(pool) ? null : $"The hosts of {pool.Name()} take no updates from repositories of their pool.";
}
