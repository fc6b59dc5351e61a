using XoBlazor.Core.Model;

namespace XoBlazor.Benchmarks.Store;

/// <summary>A pool of any size with the shape of real ones: each VM has a drive, a disk, a network device, metrics and a guest that reports.</summary>
internal sealed class MadePool(int vms)
{
    private const int Hosts = 64;
    private const int Srs = 32;

    public const string Uuid = "5c25d6b2-0000-4000-8000-000000000001";

    public IEnumerable<XapiObject> Objects()
    {
        yield return new Pool { Ref = Ref("pool", 0), Uuid = Uuid, Master = new(Ref("host", 0)) };
        for (var i = 0; i < Hosts; i++)
            yield return new Host { Ref = Ref("host", i), Uuid = Id("host", i), NameLabel = $"xen{i}" };
        for (var i = 0; i < Srs; i++)
            yield return new Sr { Ref = Ref("sr", i), Uuid = Id("sr", i), NameLabel = $"storage {i}", Shared = true };
        for (var i = 0; i < vms; i++)
        {
            yield return Vm(i, 0);
            yield return new Vbd { Ref = Ref("vbd", i), Uuid = Id("vbd", i), Vm = new(Ref("vm", i)), Vdi = new(Ref("vdi", i)), Userdevice = "0", Type = VbdType.Disk };
            yield return new Vdi { Ref = Ref("vdi", i), Uuid = Id("vdi", i), NameLabel = $"disk of vm {i}", Sr = new(Ref("sr", i % Srs)), Vbds = [new(Ref("vbd", i))] };
            yield return new Vif { Ref = Ref("vif", i), Uuid = Id("vif", i), Vm = new(Ref("vm", i)), Mac = $"00:16:3e:{i >> 16:x2}:{(i >> 8) & 255:x2}:{i & 255:x2}" };
            yield return new VmMetrics { Ref = Ref("metrics", i), Uuid = Id("metrics", i), MemoryActual = 4L << 30, VcpusNumber = 2 };
            yield return new VmGuestMetrics
            {
                Ref = Ref("guest", i),
                Uuid = Id("guest", i),
                OsVersion = XenMap<string, string>.Of(new KeyValuePair<string, string>("name", i % 3 == 0 ? "Debian GNU/Linux 12 (bookworm)" : "Microsoft Windows Server 2022 Standard")),
                Networks = XenMap<string, string>.Of(new KeyValuePair<string, string>("0/ip", $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}")),
            };
        }
    }

    public static Vm Vm(int i, int turn) => new()
    {
        Ref = Ref("vm", i),
        Uuid = Id("vm", i),
        NameLabel = $"vm {i} of the accounts department",
        NameDescription = turn == 0 ? "" : $"turn {turn}",
        PowerState = i % 4 == 0 ? VmPowerState.Halted : VmPowerState.Running,
        ResidentOn = i % 4 == 0 ? default : new(Ref("host", (i + turn) % Hosts)),
        Vbds = [new(Ref("vbd", i))],
        Vifs = [new(Ref("vif", i))],
        Metrics = new(Ref("metrics", i)),
        GuestMetrics = new(Ref("guest", i)),
        MemoryDynamicMax = 4L << 30,
        VcpusAtStartup = 2,
        Tags = i % 10 == 0 ? ["prod", "web"] : ["test"],
    };

    private static string Ref(string kind, int i) => string.Intern($"OpaqueRef:{Id(kind, i)}");

    private static string Id(string kind, int i) => $"{kind,-7}-0000-4000-8000-{i:x12}";
}
