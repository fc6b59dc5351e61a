using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Benchmarks.Journal;

/// <summary>
/// Made pools whose objects change as real ones do: mostly metrics, then power changes with the fields they touch, guest data, disks, tasks
/// that come and go. Announces what a store would.
/// </summary>
internal sealed class BusyPools
{
    private readonly Random _random = new(7);
    private readonly List<Pool> _pools = [];
    private long _version;

    public BusyPools(params int[] vmsOfPools)
    {
        foreach (var vms in vmsOfPools)
            _pools.Add(new Pool(Uuid(), [.. Enumerable.Range(0, vms).SelectMany(MakeVm)]));
    }

    public IEnumerable<(string Uuid, int Objects)> Pools => _pools.Select(p => (p.Uuid, p.Objects.Count));

    public IEnumerable<StoreBatch> Listings(DateTimeOffset time) => _pools.Select(p => Batch(p, time, BatchOrigin.Listing,
        [.. p.Objects.Select(o => new ObjectChange(null, o, FieldSet.All))]));

    public ObjectKey AnyVm()
    {
        var pool = _pools[_random.Next(_pools.Count)];
        return new(pool.Uuid, pool.Objects[_random.Next(pool.Objects.Count / 5) * 5].Uuid);
    }

    /// <summary>One pool's changes of one moment.</summary>
    public StoreBatch Live(DateTimeOffset time, int changes)
    {
        // Larger pools have more to say.
        var pool = _pools[_random.Next(2) == 0 ? 0 : _random.Next(_pools.Count)];
        var builder = ImmutableArray.CreateBuilder<ObjectChange>(changes);
        while (builder.Count < changes)
            Change(pool, time, builder);
        return Batch(pool, time, BatchOrigin.Events, builder.ToImmutable());
    }

    private void Change(Pool pool, DateTimeOffset time, ImmutableArray<ObjectChange>.Builder changes)
    {
        var vm = _random.Next(pool.Objects.Count / 5) * 5;
        var dice = _random.Next(100);
        if (dice < 10)
        {
            ChangeTask(pool, time, changes);
            return;
        }

        var at = vm + (dice < 60 ? 1 : dice < 82 ? 0 : dice < 94 ? 2 : 3);
        var before = pool.Objects[at];
        XapiObject after = before switch
        {
            VmMetrics m => m with { MemoryActual = _random.NextInt64(1L << 34), LastUpdated = Second(time) },
            Vm v => ChangeVm(v),
            VmGuestMetrics g => g with { Other = Map("data", _random.Next(40)), Networks = Map("0/ip", _random.Next(20_000)), LastUpdated = Second(time) },
            Vdi d => d with { PhysicalUtilisation = _random.NextInt64(1L << 36) },
            _ => before,
        };
        pool.Objects[at] = after;
        var fields = XapiCodec.For(after.Class).Compare(before, after);
        if (!fields.IsEmpty)
            changes.Add(new(before, after, fields));
    }

    private Vm ChangeVm(Vm vm)
    {
        if (_random.Next(20) == 0)
            return vm with { NameLabel = $"vm-{Word()}-{_random.Next(100_000)}", NameDescription = $"{Word()} of {Word()} {Guid.NewGuid():N}" };
        if (_random.Next(10) == 0)
            return vm with { OtherConfig = Map("xo:backup:job", _random.Next(1_000_000)) };
        return vm.PowerState == VmPowerState.Running
            ? vm with { PowerState = VmPowerState.Halted, ResidentOn = default, AllowedOperations = Operations(VmOperation.Start), CurrentOperations = XenMap<string, VmOperation>.Empty }
            : vm with
            {
                PowerState = VmPowerState.Running,
                ResidentOn = new($"OpaqueRef:{new Guid(_random.Next(16), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)}"),
                AllowedOperations = Operations(VmOperation.CleanShutdown, VmOperation.HardReboot),
                CurrentOperations = XenMap<string, VmOperation>.Of(KeyValuePair.Create("OpaqueRef:" + Uuid(), VmOperation.Start)),
            };
    }

    private void ChangeTask(Pool pool, DateTimeOffset time, ImmutableArray<ObjectChange>.Builder changes)
    {
        if (pool.Tasks.Count < 5)
        {
            var born = new XapiTask { Uuid = Uuid(), Ref = "OpaqueRef:" + Uuid(), NameLabel = "Async.VM." + Word(), Created = Second(time), Status = XapiTaskStatus.Pending };
            pool.Tasks.Add(born);
            changes.Add(new(null, born, FieldSet.All));
            return;
        }

        var at = _random.Next(pool.Tasks.Count);
        var task = pool.Tasks[at];
        if (task.Progress >= 1)
        {
            pool.Tasks.RemoveAt(at);
            changes.Add(new(task, null, FieldSet.None));
            return;
        }

        var next = task with { Progress = Math.Min(1, task.Progress + 0.3) };
        pool.Tasks[at] = next;
        changes.Add(new(task, next, FieldSet.Of(XapiTaskFields.Progress)));
    }

    private IEnumerable<XapiObject> MakeVm(int number)
    {
        var (metrics, guest, vbd) = ("OpaqueRef:" + Uuid(), "OpaqueRef:" + Uuid(), "OpaqueRef:" + Uuid());
        yield return new Vm
        {
            Uuid = Uuid(),
            Ref = "OpaqueRef:" + Uuid(),
            NameLabel = $"vm-{Word()}-{number}",
            NameDescription = $"made for {Word()}",
            PowerState = VmPowerState.Halted,
            MemoryStaticMax = 4L << 30,
            MemoryDynamicMax = 4L << 30,
            VcpusMax = 4,
            VcpusAtStartup = 4,
            Metrics = new(metrics),
            GuestMetrics = new(guest),
            Vbds = [new(vbd)],
            AllowedOperations = Operations(VmOperation.Start),
            Platform = Map("platform", number % 5),
            OtherConfig = Map("base_template_name", number % 9),
        };
        yield return new VmMetrics { Uuid = Uuid(), Ref = metrics, MemoryActual = 4L << 30, VcpusNumber = 4, State = ["running"] };
        yield return new VmGuestMetrics { Uuid = Uuid(), Ref = guest, OsVersion = Map("name", number % 7), Networks = Map("0/ip", number), Live = true };
        yield return new Vdi { Uuid = Uuid(), Ref = "OpaqueRef:" + Uuid(), NameLabel = $"disk of vm {number}", VirtualSize = 32L << 30, Vbds = [new(vbd)] };
        yield return new Vbd { Uuid = Uuid(), Ref = vbd, Device = "xvda", Bootable = true };
    }

    private static EnumSet<VmOperation> Operations(params VmOperation[] some) =>
        EnumSet<VmOperation>.Of([.. some, VmOperation.Snapshot, VmOperation.Copy, VmOperation.Clone, VmOperation.Export, VmOperation.Destroy]);

    private XenMap<string, string> Map(string key, int value) => XenMap<string, string>.Of(
        KeyValuePair.Create(key, value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        KeyValuePair.Create("kind", s_words[value % s_words.Length]),
        KeyValuePair.Create("vendor", "xcp-ng"),
        KeyValuePair.Create("feature-suspend", "1"));

    private string Word() => s_words[_random.Next(s_words.Length)];

    private string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private StoreBatch Batch(Pool pool, DateTimeOffset time, BatchOrigin origin, ImmutableArray<ObjectChange> changes) =>
        new(pool.Uuid, ++_version, time, TimeSpan.FromMilliseconds(120), origin, changes);

    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static readonly string[] s_words = ["web", "database", "mail", "proxy", "build", "cache", "queue", "billing", "archive", "search"];

    private sealed record Pool(string Uuid, List<XapiObject> Objects)
    {
        public List<XapiTask> Tasks { get; } = [];
    }
}
