using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Components.Support;

/// <summary>A made-up pool in the store, of any size, whose objects a test changes as a host would.</summary>
public sealed class SamplePool : IDisposable
{
    private readonly PoolWriter _writer;

    public SamplePool(ObjectStore store, int number = 1, int hosts = 2, int vms = 20, string name = "Lyon")
    {
        Uuid = $"{number:00000000}-aaaa-4aaa-8aaa-000000000000";
        _writer = store.Open(Uuid);
        _writer.ApplyListing(Make(number, hosts, vms, name));
    }

    public string Uuid { get; }

    public PoolPicture Picture => _writer.Picture;

    public Vm Vm(int index) => Picture.Get(new XenRef<Vm>($"OpaqueRef:vm-{index}"))!;

    public void Apply(params XapiObject[] states) => _writer.Apply(states.Select(ObjectUpdate.Present));

    public void Remove(XapiObject value) => _writer.Apply([ObjectUpdate.Gone(value.Ref)]);

    public void Dispose() => _writer.Dispose();

    private static IEnumerable<XapiObject> Make(int number, int hosts, int vms, string name)
    {
        var random = new Random(number);
        const long GiB = 1L << 30;
        yield return new Pool { Ref = "OpaqueRef:pool", Uuid = Id(number, 0, 0), NameLabel = name, Master = new("OpaqueRef:host-0"), DefaultSr = new("OpaqueRef:sr-0") };
        for (var h = 0; h < hosts; h++)
        {
            yield return new Host
            {
                Ref = $"OpaqueRef:host-{h}",
                Uuid = Id(number, 1, h),
                NameLabel = $"{name.ToLowerInvariant()}-host-{h:00}",
                Address = $"10.{number}.0.{h + 10}",
                Enabled = h != 1,
                Hostname = $"h{h}",
                Metrics = new($"OpaqueRef:hm-{h}"),
                CpuInfo = XenMap<string, string>.Of(new KeyValuePair<string, string>("cpu_count", "32")),
                SoftwareVersion = XenMap<string, string>.Of(new("product_brand", "XCP-ng"), new("product_version", "8.3.0")),
            };
            yield return new HostMetrics { Ref = $"OpaqueRef:hm-{h}", Uuid = Id(number, 2, h), Live = h != 2, MemoryTotal = 256 * GiB, MemoryFree = random.NextInt64(200) * GiB };
        }

        foreach (var (kind, at) in new[] { ("lvmoiscsi", 0), ("ext", 1), ("iso", 2) }.Select(p => p))
        {
            yield return new Sr
            {
                Ref = $"OpaqueRef:sr-{at}",
                Uuid = Id(number, 3, at),
                NameLabel = kind switch { "ext" => "Local storage", "iso" => "ISO library", _ => "SAN volume" },
                Type = kind,
                Shared = at != 1,
                ContentType = kind == "iso" ? "iso" : "user",
                PhysicalSize = (at + 1) * 4096 * GiB,
                PhysicalUtilisation = (at + 1) * (at == 0 ? 3700 : 1200) * GiB,
                VirtualAllocation = 3000 * GiB,
                Pbds = [.. Enumerable.Range(0, hosts).Select(h => new XenRef<Pbd>($"OpaqueRef:pbd-{at}-{h}"))],
            };
            for (var h = 0; h < hosts; h++)
                yield return new Pbd { Ref = $"OpaqueRef:pbd-{at}-{h}", Uuid = Id(number, 4, at * 100 + h), Sr = new($"OpaqueRef:sr-{at}"), Host = new($"OpaqueRef:host-{h}"), CurrentlyAttached = at != 1 || h == 0 };
        }

        for (var n = 0; n < 4; n++)
            yield return new Network { Ref = $"OpaqueRef:net-{n}", Uuid = Id(number, 5, n), NameLabel = n == 0 ? "Pool-wide network of eth0" : $"VLAN {n * 10}", Bridge = $"xenbr{n}", Mtu = 1500 };

        for (var v = 0; v < vms; v++)
        {
            var state = (v % 7) switch { 0 => VmPowerState.Halted, 5 => VmPowerState.Suspended, 6 when v % 2 == 0 => VmPowerState.Paused, _ => VmPowerState.Running };
            var runs = state is VmPowerState.Running or VmPowerState.Paused;
            yield return new Vm
            {
                Ref = $"OpaqueRef:vm-{v}",
                Uuid = Id(number, 6, v),
                NameLabel = $"{new[] { "web", "db", "mail", "build", "dns" }[v % 5]}-{v:0000}",
                PowerState = state,
                VcpusMax = 1 << (v % 5),
                VcpusAtStartup = 1 << (v % 5),
                MemoryStaticMax = (1L << (v % 6)) * GiB,
                MemoryDynamicMax = (1L << (v % 6)) * GiB,
                ResidentOn = runs ? new($"OpaqueRef:host-{v % hosts}") : default,
                Metrics = new($"OpaqueRef:vmm-{v}"),
                GuestMetrics = runs ? new($"OpaqueRef:gm-{v}") : default,
                Tags = v % 3 == 0 ? ["production"] : v % 4 == 0 ? ["test", "customer-42"] : [],
                Vbds = [new($"OpaqueRef:vbd-{v}")],
                Vifs = [new($"OpaqueRef:vif-{v}")],
            };
            yield return new VmMetrics { Ref = $"OpaqueRef:vmm-{v}", Uuid = Id(number, 7, v), StartTime = DateTimeOffset.UnixEpoch.AddYears(56).AddHours(-v * 7), MemoryActual = (1L << (v % 6)) * GiB, VcpusNumber = 1 << (v % 5) };
            if (runs)
                yield return new VmGuestMetrics
                {
                    Ref = $"OpaqueRef:gm-{v}",
                    Uuid = Id(number, 8, v),
                    OsVersion = XenMap<string, string>.Of(new KeyValuePair<string, string>("name", v % 2 == 0 ? "Debian GNU/Linux 12 (bookworm)" : "Windows Server 2022 Standard")),
                    Networks = XenMap<string, string>.Of(new KeyValuePair<string, string>("0/ipv4/0", $"192.168.{v / 250}.{v % 250 + 2}")),
                };
            yield return new Vbd { Ref = $"OpaqueRef:vbd-{v}", Uuid = Id(number, 9, v), Vm = new($"OpaqueRef:vm-{v}"), Vdi = new($"OpaqueRef:vdi-{v}"), CurrentlyAttached = runs };
            yield return new Vdi { Ref = $"OpaqueRef:vdi-{v}", Uuid = Id(number, 10, v), NameLabel = $"disk of {v}", Sr = new($"OpaqueRef:sr-{v % 2}"), VirtualSize = 20 * GiB, PhysicalUtilisation = random.NextInt64(20) * GiB, Vbds = [new($"OpaqueRef:vbd-{v}")], Managed = true };
            yield return new Vif { Ref = $"OpaqueRef:vif-{v}", Uuid = Id(number, 11, v), Vm = new($"OpaqueRef:vm-{v}"), Network = new($"OpaqueRef:net-{v % 4}"), Mac = $"aa:bb:cc:00:{v / 256:x2}:{v % 256:x2}", CurrentlyAttached = runs };
        }

        yield return new XapiTask { Ref = "OpaqueRef:task-0", Uuid = Id(number, 12, 0), NameLabel = "VM.pool_migrate", Status = XapiTaskStatus.Pending, Progress = .42, Created = DateTimeOffset.UnixEpoch.AddYears(56), ResidentOn = new("OpaqueRef:host-0") };
        yield return new XapiTask { Ref = "OpaqueRef:task-1", Uuid = Id(number, 12, 1), NameLabel = "VM.start", Status = XapiTaskStatus.Failure, Progress = 1, Created = DateTimeOffset.UnixEpoch.AddYears(56), ErrorInfo = ["HOST_NOT_ENOUGH_FREE_MEMORY", "1", "2"] };
        yield return new XapiMessage { Ref = "OpaqueRef:msg-0", Uuid = Id(number, 13, 0), Name = "HA_POOL_OVERCOMMITTED", Priority = 2, Cls = MessageClass.Pool, ObjUuid = Id(number, 0, 0), Timestamp = DateTimeOffset.UnixEpoch.AddYears(56) };
    }

    private static string Id(int pool, int kind, int index) => $"{pool:00000000}-{kind:0000}-4000-8000-{index:000000000000}";
}
