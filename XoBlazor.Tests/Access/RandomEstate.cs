using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Access;

/// <summary>
/// Small pools of many classes, linked at random (to what is gone and in loops too), and users, groups and grants over them. Everything follows
/// from the seed. The same objects are made again with other links, so that a history can be played.
/// </summary>
internal sealed class RandomEstate(int seed)
{
    private const int Pools = 3;
    private const int Users = 6;
    private const int Groups = 3;

    private static readonly string[] s_tags = ["red", "green", "evergreen"];

    private readonly Random _random = new(seed);

    public static IEnumerable<string> PoolUuids => Enumerable.Range(0, Pools).Select(i => $"pool{i}");

    public static ImmutableArray<Actor> Actors { get; } =
    [
        .. Enumerable.Range(0, Users).Select(i => new Actor($"u{i}", $"user {i}")), new("stranger", "stranger"),
        new("u0", "user 0") { LimitedTo = Role.Viewer.Id }, new("u1", "user 1") { LimitedTo = "custom" }, new("u2", "user 2") { LimitedTo = "no such role" },
    ];

    public static ImmutableArray<Right> Rights { get; } =
    [
        Right.View, new("vm.start", "Start VMs", RightLevel.Operate), new("disk.delete", "Delete disks", RightLevel.Manage), new("pool.patch", "Patch", RightLevel.Administer),
    ];

    public int Next(int below) => _random.Next(below);

    /// <summary>All objects of a pool; each is there with some luck.</summary>
    public List<XapiObject> Pool(string pool) => [.. Names.Where(_ => Chance(85)).Select(n => Make(pool, n.Kind, n.Number))];

    /// <summary>A few changes of a pool: objects anew with other links, or gone.</summary>
    public List<ObjectUpdate> Changes(string pool)
    {
        var updates = new List<ObjectUpdate>();
        for (var i = Next(6); i >= 0; i--)
        {
            var (kind, number) = Names[Next(Names.Length)];
            var made = Make(pool, kind, number);
            updates.Add(Chance(25) ? ObjectUpdate.Gone(made.Ref) : ObjectUpdate.Present(made));
        }

        return updates;
    }

    public AccessPolicy Policy()
    {
        var groups = Enumerable.Range(0, Users).ToDictionary(
            i => $"u{i}", _ => Enumerable.Range(0, Groups).Where(_ => Chance(30)).Select(g => $"g{g}").ToImmutableArray());
        var grants = Enumerable.Range(0, 4 + Next(40)).Select(i => new Grant(
            $"grant {i}", Chance(40) ? SubjectId.Group($"g{Next(Groups)}") : SubjectId.User($"u{Next(Users)}"), RoleId(), Scope()));
        return new([Role.Custom("custom", "Custom", ["disk.delete"])], grants.ToList(), groups);
    }

    public ObjectKey Key(string pool)
    {
        var (kind, number) = Names[Next(Names.Length)];
        return new(pool, Uuid(kind, number));
    }

    private static ImmutableArray<(string Kind, int Number)> Names { get; } =
    [
        .. from kind in (string[])["vm", "vbd", "vdi", "vif"] from i in Enumerable.Range(0, 6) select (kind, i),
        .. from kind in (string[])["sr", "host", "pbd", "network", "task", "message", "metrics", "guest", "pif", "bond", "blob", "console", "vifmetrics", "secret", "vapp", "proxy", "hostmetrics"]
           from i in Enumerable.Range(0, 3) select (kind, i),
        ("pool", 0),
    ];

    private AccessScope Scope() => Next(12) switch
    {
        0 => Chance(50) ? AccessScope.Everything.Instance : new AccessScope.OfPool(AnyPool()),
        1 => new AccessScope.OfPool(AnyPool()),
        2 => new AccessScope.OfHost(new(AnyPool(), Uuid("host", Next(3))), WithVms: Chance(50)),
        3 or 4 => new AccessScope.OfVms($"tags:{Tag()}", Chance(50) ? AnyPool() : null),
        5 => new AccessScope.OfVms("name_label:web*", Chance(50) ? AnyPool() : null),
        6 => new AccessScope.OfVms("other_config:owner:ada"),
        _ => new AccessScope.OfObject(Key(AnyPool())),
    };

    private string RoleId() => Next(7) switch
    {
        0 => Role.Administrator.Id,
        1 => Role.VmAdministrator.Id,
        2 => Role.Operator.Id,
        3 => "custom",
        4 => "lost",
        _ => Role.Viewer.Id,
    };

    private string AnyPool() => $"pool{Next(Pools)}";

    private string Tag() => s_tags[Next(s_tags.Length)];

    private bool Chance(int percent) => Next(100) < percent;

    private XenRef<T> Any<T>(string pool, string kind, int count = 6) where T : XapiObject => Chance(15) ? default : new(Ref(pool, kind, Next(count)));

    private string AnyOf(params ReadOnlySpan<string> kinds) => kinds[Next(kinds.Length)];

    private XenMap<string, T> Operations<T>(string pool, T operation) => Chance(80) ? XenMap<string, T>.Empty : XenMap<string, T>.Of(new KeyValuePair<string, T>(Ref(pool, "task", Next(3)), operation));

    private XapiObject Make(string pool, string kind, int i)
    {
        var made = Blank(pool, kind, i);
        return made with { Ref = Ref(pool, kind, i), Uuid = kind == "pool" ? pool : Uuid(kind, i) };
    }

    private XapiObject Blank(string pool, string kind, int i) => kind switch
    {
        "pool" => new Pool { NameLabel = "p", CurrentOperations = Operations(pool, PoolOperation.HaEnable), Blobs = Blobs(pool) },
        "vm" => new Vm
        {
            NameLabel = AnyOf("web", "db") + i,
            Tags = Chance(40) ? [Tag()] : [],
            OtherConfig = Chance(20) ? XenMap<string, string>.Of(new KeyValuePair<string, string>("owner", AnyOf("ada", "bob"))) : XenMap<string, string>.Empty,
            IsASnapshot = Chance(30),
            IsATemplate = Chance(20),
            IsControlDomain = Chance(10),
            SnapshotOf = Any<Vm>(pool, "vm"),
            ResidentOn = Any<Host>(pool, "host", 3),
            Metrics = Any<VmMetrics>(pool, "metrics", 3),
            GuestMetrics = Any<VmGuestMetrics>(pool, "guest", 3),
            SuspendVdi = Chance(80) ? default : Any<Vdi>(pool, "vdi"),
            CurrentOperations = Operations(pool, VmOperation.Start),
            Blobs = Blobs(pool),
        },
        "vbd" => new Vbd { Vm = Any<Vm>(pool, "vm"), Vdi = Any<Vdi>(pool, "vdi"), Type = Chance(70) ? VbdType.Disk : VbdType.Cd, CurrentOperations = Operations(pool, VbdOperation.Plug) },
        "vdi" => new Vdi { NameLabel = AnyOf("disk", "volume") + $" {i}", Sr = Any<Sr>(pool, "sr", 3), SnapshotOf = Chance(60) ? default : Any<Vdi>(pool, "vdi") },
        "vif" => new Vif { Vm = Any<Vm>(pool, "vm"), Network = Any<Network>(pool, "network", 3), Metrics = Any<VifMetrics>(pool, "vifmetrics", 3) },
        "vifmetrics" => new VifMetrics(),
        "sr" => new Sr { NameLabel = $"sr {i}", Shared = Chance(50), CurrentOperations = Operations(pool, SrOperation.Scan), Blobs = Blobs(pool) },
        "host" => new Host { NameLabel = AnyOf("host", "box") + $" {i}", Metrics = Any<HostMetrics>(pool, "hostmetrics", 3), CurrentOperations = Operations(pool, HostOperation.Evacuate), Blobs = Blobs(pool) },
        "hostmetrics" => new HostMetrics { Live = Chance(50) },
        "pbd" => new Pbd { Host = Any<Host>(pool, "host", 3), Sr = Any<Sr>(pool, "sr", 3) },
        "network" => new Network { NameLabel = $"network {i}", Bridge = Tag() },
        "task" => new XapiTask
        {
            NameLabel = Chance(70) ? $"task {i}" : $"clean {Named(pool)}",
            NameDescription = Chance(60) ? "" : $"moves {Named(pool)} to '{Named(pool)}', on host: {Named(pool)}.",
            ErrorInfo = Chance(60) ? [] : ["HOST_NOT_LIVE", Named(pool), $"{Named(pool)} (uuid: {Named(pool)})"],
            Progress = Next(100) / 100.0,
            ResidentOn = Any<Host>(pool, "host", 3),
            SubtaskOf = Chance(70) ? default : Any<XapiTask>(pool, "task", 3),
            OtherConfig = Next(4) switch
            {
                0 => XenMap<string, string>.Of(new KeyValuePair<string, string>("applies_to", Ref(pool, "vm", Next(6)))),
                1 => XenMap<string, string>.Of(new KeyValuePair<string, string>("applies_to", Uuid("sr", Next(3)))),
                _ => XenMap<string, string>.Empty,
            },
        },
        "message" => Message() with { Body = Chance(50) ? "" : $"{Named(pool)} was started on host {Named(pool)}" },
        "metrics" => new VmMetrics { MemoryActual = Next(10) },
        "guest" => new VmGuestMetrics { PvDriversDetected = Chance(50) },
        "pif" => new Pif { Host = Any<Host>(pool, "host", 3), Device = Tag() },
        "bond" => new Bond { Master = Any<Pif>(pool, "pif", 3) },
        "blob" => new Blob { MimeType = Tag() },
        "console" => new VmConsole { Vm = Any<Vm>(pool, "vm"), Location = Tag() },
        "secret" => new XapiSecret { Value = Tag() },
        "vapp" => new VmAppliance { NameLabel = Tag(), Vms = [Any<Vm>(pool, "vm")] },
        "proxy" => new PvsProxy { Vif = Any<Vif>(pool, "vif") },
        _ => throw new InvalidOperationException(kind),
    };

    private XapiMessage Message() => Next(5) switch
    {
        0 => new XapiMessage { Cls = MessageClass.Host, ObjUuid = Uuid("host", Next(3)), Name = Tag() },
        1 => new XapiMessage { Cls = MessageClass.Sr, ObjUuid = Uuid("sr", Next(3)), Name = Tag() },
        2 => new XapiMessage { Cls = MessageClass.Vm, ObjUuid = Uuid("host", Next(3)), Name = Tag() },
        3 => new XapiMessage { Cls = MessageClass.Vdi, ObjUuid = Uuid("vdi", Next(6)), Name = Tag() },
        _ => new XapiMessage { Cls = MessageClass.Vm, ObjUuid = Uuid("vm", Next(6)), Name = Tag() },
    };

    /// <summary>What a host may call some object of the pool, whether it is there or not.</summary>
    private string Named(string pool)
    {
        var (kind, number) = Names[Next(Names.Length)];
        return Next(3) switch
        {
            0 => Ref(pool, kind, number),
            1 => Uuid(kind, number),
            _ => AnyOf($"web{number}", $"db{number}", $"host {number}", $"sr {number}", $"disk {number}", $"volume {number}", $"box {number}", Tag()),
        };
    }

    private XenMap<string, XenRef<Blob>> Blobs(string pool) => Chance(80) ? XenMap<string, XenRef<Blob>>.Empty
        : XenMap<string, XenRef<Blob>>.Of(new KeyValuePair<string, XenRef<Blob>>("icon", new(Ref(pool, "blob", Next(3)))));

    private static string Ref(string pool, string kind, int i) => $"OpaqueRef:{pool}-{kind}{i}";

    private static string Uuid(string kind, int i) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind)))[..8]}-0000-4000-8000-{i:x12}";
}
