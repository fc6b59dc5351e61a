using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What a pool has and what of it is given out, from the picture alone (measured load is another matter). Bytes, unless said.</summary>
public sealed record PoolCapacity
{
    public int Hosts { get; init; }

    public int LiveHosts { get; init; }

    public int Vms { get; init; }

    public int RunningVms { get; init; }

    /// <summary>Logical processors of the hosts.</summary>
    public long Cpus { get; init; }

    /// <summary>Processors given to running VMs, control domains not counted.</summary>
    public long Vcpus { get; init; }

    public long Memory { get; init; }

    /// <summary>Memory of running VMs, control domains included.</summary>
    public long MemoryGiven { get; init; }

    public long Storage { get; init; }

    public long StorageUsed { get; init; }

    /// <summary>What the disks could grow to.</summary>
    public long StorageGiven { get; init; }

    public static PoolCapacity Of(PoolPicture pool)
    {
        var hosts = pool.All<Host>();
        var storage = pool.All<Sr>().Where(IsForDisks).ToList();
        var machines = pool.All<Vm>().Where(v => v is { IsATemplate: false, IsASnapshot: false }).ToList();
        var running = machines.Where(v => v.PowerState is VmPowerState.Running or VmPowerState.Paused).ToList();
        return new()
        {
            Hosts = hosts.Count,
            LiveHosts = hosts.Count(pool.IsHostLive),
            Vms = machines.Count(v => !v.IsControlDomain),
            RunningVms = running.Count(v => !v.IsControlDomain && v.PowerState == VmPowerState.Running),
            Cpus = hosts.Sum(pool.CpusOf),
            Vcpus = running.Where(v => !v.IsControlDomain).Sum(pool.VcpusOf),
            Memory = hosts.Sum(h => pool.MemoryOf(h).Total),
            MemoryGiven = running.Sum(pool.MemoryOf),
            Storage = storage.Sum(s => Math.Max(0, s.PhysicalSize)),
            StorageUsed = storage.Sum(s => Math.Max(0, s.PhysicalUtilisation)),
            StorageGiven = storage.Sum(s => Math.Max(0, s.VirtualAllocation)),
        };
    }

    /// <summary>Adds up several pools.</summary>
    public static PoolCapacity operator +(PoolCapacity a, PoolCapacity b) => new()
    {
        Hosts = a.Hosts + b.Hosts,
        LiveHosts = a.LiveHosts + b.LiveHosts,
        Vms = a.Vms + b.Vms,
        RunningVms = a.RunningVms + b.RunningVms,
        Cpus = a.Cpus + b.Cpus,
        Vcpus = a.Vcpus + b.Vcpus,
        Memory = a.Memory + b.Memory,
        MemoryGiven = a.MemoryGiven + b.MemoryGiven,
        Storage = a.Storage + b.Storage,
        StorageUsed = a.StorageUsed + b.StorageUsed,
        StorageGiven = a.StorageGiven + b.StorageGiven,
    };

    /// <summary>True for storage that holds disks: no ISO library, no removable drive of a host.</summary>
    public static bool IsForDisks(Sr sr) => sr is { IsToolsSr: false, ContentType: not "iso" and not "disk", Type: not "udev" and not "iso" };
}
