namespace XoBlazor.Simulator.Making;

/// <summary>Plans of any size for <c>--make</c>: believable, but nobody chose them one by one.</summary>
public static class GeneratedPlan
{
    private const long GiB = 1L << 30;

    private static readonly string[] s_sites = ["paris", "lyon", "grenoble", "berlin", "dublin", "oslo", "milan", "porto", "vienna", "ghent", "zurich", "prague"];

    private static readonly string[] s_roles =
    [
        "web", "app", "api", "db", "cache", "queue", "mail", "dns", "ldap", "ci", "build", "git", "wiki", "monitor", "log", "proxy", "lb", "vpn",
        "files",
        "backup", "erp", "crm", "k8s-node", "k8s-control", "jump", "print", "dc", "sql", "report", "search", "media", "voip", "desktop", "test",
        "dev",
    ];

    private static readonly string[] s_stages = ["prod", "prod", "prod", "staging", "test", "dev"];

    private static readonly string[] s_owners = ["web team", "platform team", "finance", "human resources", "sales", "research", "support"];

    private static readonly int[] s_memories = [1, 2, 2, 4, 4, 4, 8, 8, 16, 32];

    private static readonly int[] s_processors = [1, 2, 2, 2, 4, 4, 8];

    private static readonly int[] s_disks = [10, 20, 20, 32, 40, 50, 64, 100, 200];

    /// <summary>The plan of pool <paramref name="number"/> (from 0) of these options.</summary>
    public static PoolPlan For(MakeOptions options, int number)
    {
        var random = new Random(unchecked((options.Seed * 31) + number));
        var site = s_sites[number % s_sites.Length];
        var name = number < s_sites.Length ? site : $"{site}-{(number / s_sites.Length) + 1}";
        var shared = Math.Max(1, options.Vms / 400);
        var vlans = Math.Min(40, 2 + (options.Vms / 100));
        return new PoolPlan(
            $"{name} pool",
            $"{options.Hosts} hosts, {options.Vms} VMs, made with seed {options.Seed}",
            [.. Enumerable.Range(0, options.Hosts).Select(host => new HostPlan($"xcp-{name}-{host + 1:00}", 32, HostMemory(options)))],
            [.. Enumerable.Range(0, options.Vms).Select(index => Vm(random, index, options.Hosts, shared, vlans))])
        {
            Vlans = [.. Enumerable.Range(0, vlans).Select(vlan => ($"VLAN {100 + (vlan * 10)}", 100 + (vlan * 10)))],
            SharedStorage = [.. Enumerable.Range(0, shared).Select(index => Storage(name, index))],
            Isos = ["debian-12.8.0-amd64-netinst.iso", "Rocky-9.5-x86_64-minimal.iso", "ubuntu-24.04.1-live-server-amd64.iso"],
            Subnet = number + 1,
            Release = options.Release,
        };
    }

    private static VmPlan Vm(Random random, int index, int hosts, int shared, int vlans)
    {
        var role = s_roles[random.Next(s_roles.Length)];
        var stage = s_stages[random.Next(s_stages.Length)];
        var owner = s_owners[random.Next(s_owners.Length)];
        var system = GuestSystem.All[Math.Min(random.Next(GuestSystem.All.Count), random.Next(GuestSystem.All.Count))];
        var state = random.Next(100) switch { < 52 => "Running", < 98 => "Halted", < 99 => "Suspended", _ => "Paused" };
        var snapshots = random.Next(100) == 0 ? 1 + random.Next(3) : 0;
        var (processors, memory) = (s_processors[random.Next(s_processors.Length)], s_memories[random.Next(s_memories.Length)] * GiB);
        return new VmPlan($"{role}-{stage}-{index + 1:0000}", $"{role} of the {owner} ({stage})", system, processors, memory)
        {
            Disks = random.Next(20) == 0 ? [Disk(random), Disk(random)] : [Disk(random)],
            PowerState = state,
            Host = random.Next(hosts),
            Networks = random.Next(25) == 0 ? [1 + random.Next(vlans), 0] : [random.Next(vlans + 1)],
            Storage = random.Next(8) == 0 ? -1 : random.Next(shared),
            Tags = random.Next(3) == 0 ? [stage, role] : [],
            Snapshots = [.. Enumerable.Range(1, snapshots).Select(number => $"before change {number}")],
            HasTools = random.Next(12) != 0,
            HasDrive = random.Next(8) == 0,
            IsProtected = stage == "prod" && random.Next(4) == 0,
        };
    }

    private static (string Name, string Type, long Size) Storage(string pool, int index) =>
        index % 2 == 0 ? ($"NFS {pool} {index + 1}", "nfs", 64L * 1024 * GiB) : ($"iSCSI {pool} {index + 1}", "lvmoiscsi", 64L * 1024 * GiB);

    private static long Disk(Random random) => s_disks[random.Next(s_disks.Length)] * GiB;

    /// <summary>Room for all its VMs and some more, in steps that machines are sold with.</summary>
    private static long HostMemory(MakeOptions options)
    {
        var wanted = ((long)options.Vms / options.Hosts * 8) + 32;
        var size = 128L;
        while (size < wanted) size *= 2;
        return size * GiB;
    }
}
