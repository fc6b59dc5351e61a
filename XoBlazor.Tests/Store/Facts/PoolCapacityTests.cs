using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Tests.Store.Facts;

public sealed class PoolCapacityTests
{
    [Fact]
    public void Of_RunningAndHaltedVms_GivesOutOnlyWhatRuns()
    {
        var pool = PictureOf.Objects(
            new Host { Ref = "OpaqueRef:h", Uuid = "h", Metrics = new("OpaqueRef:hm"), CpuInfo = XenMap<string, string>.Of(new KeyValuePair<string, string>("cpu_count", "16")) },
            new HostMetrics { Ref = "OpaqueRef:hm", Uuid = "hm", Live = true, MemoryTotal = 1000 },
            new Vm { Ref = "OpaqueRef:dom0", Uuid = "d", IsControlDomain = true, PowerState = VmPowerState.Running, VcpusAtStartup = 4, MemoryDynamicMax = 100 },
            new Vm { Ref = "OpaqueRef:a", Uuid = "a", PowerState = VmPowerState.Running, VcpusAtStartup = 2, MemoryDynamicMax = 200, Metrics = new("OpaqueRef:am") },
            new VmMetrics { Ref = "OpaqueRef:am", Uuid = "am", VcpusNumber = 3, MemoryActual = 150 },
            new Vm { Ref = "OpaqueRef:b", Uuid = "b", PowerState = VmPowerState.Halted, VcpusAtStartup = 8, MemoryDynamicMax = 400 },
            new Vm { Ref = "OpaqueRef:t", Uuid = "t", IsATemplate = true });

        var capacity = PoolCapacity.Of(pool);

        Assert.Equal((1, 1, 2, 1), (capacity.Hosts, capacity.LiveHosts, capacity.Vms, capacity.RunningVms));
        Assert.Equal((16, 3, 1000, 250), (capacity.Cpus, capacity.Vcpus, capacity.Memory, capacity.MemoryGiven));
    }

    [Fact]
    public void Of_IsoLibraryAndDrives_CountsOnlyStorageForDisks()
    {
        var pool = PictureOf.Objects(
            new Sr { Ref = "OpaqueRef:1", Uuid = "1", Type = "ext", ContentType = "user", PhysicalSize = 100, PhysicalUtilisation = 40, VirtualAllocation = 150 },
            new Sr { Ref = "OpaqueRef:2", Uuid = "2", Type = "iso", ContentType = "iso", PhysicalSize = 70 },
            new Sr { Ref = "OpaqueRef:3", Uuid = "3", Type = "udev", ContentType = "disk", PhysicalSize = 70 },
            new Sr { Ref = "OpaqueRef:4", Uuid = "4", Type = "lvm", ContentType = "user", PhysicalSize = -1 });

        var capacity = PoolCapacity.Of(pool);

        Assert.Equal((100, 40, 150), (capacity.Storage, capacity.StorageUsed, capacity.StorageGiven));
    }
}
