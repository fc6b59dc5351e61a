using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;

namespace XoBlazor.Tests.Operations;

public sealed class VmObstaclesTests
{
    [Fact]
    public void To_AllowedByTheHost_IsNull()
    {
        var vm = new Vm { NameLabel = "web", AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start) };

        Assert.Null(VmObstacles.To(VmOperation.Start, vm));
    }

    [Theory]
    [InlineData(VmOperation.Start, VmPowerState.Running, "web is already running.")]
    [InlineData(VmOperation.CleanShutdown, VmPowerState.Halted, "web is not running.")]
    [InlineData(VmOperation.Resume, VmPowerState.Paused, "web is paused.")]
    [InlineData(VmOperation.CleanShutdown, VmPowerState.Running, "guest tools of web do not answer")]
    public void To_WrongState_SaysTheState(VmOperation wanted, VmPowerState state, string reason)
    {
        var vm = new Vm { NameLabel = "web", PowerState = state };

        Assert.Contains(reason, VmObstacles.To(wanted, vm));
    }

    [Fact]
    public void To_BusyVm_SaysWithWhat()
    {
        var vm = new Vm
        {
            NameLabel = "web",
            PowerState = VmPowerState.Running,
            CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>("OpaqueRef:t", VmOperation.PoolMigrate)),
        };

        Assert.Contains("busy (pool migrate)", VmObstacles.To(VmOperation.Suspend, vm));
    }

    [Fact]
    public void To_BlockedOperation_GivesTheAdministratorsReason()
    {
        var vm = new Vm
        {
            NameLabel = "web",
            PowerState = VmPowerState.Running,
            BlockedOperations = XenMap<VmOperation, string>.Of(new KeyValuePair<VmOperation, string>(VmOperation.HardShutdown, "payroll runs")),
        };

        Assert.Contains("blocked for web by its administrator: payroll runs", VmObstacles.To(VmOperation.HardShutdown, vm));
    }

    [Fact]
    public void To_TemplateSnapshotAndControlDomain_AreNamedAsSuch()
    {
        Assert.Contains("template", VmObstacles.To(VmOperation.Start, new Vm { IsATemplate = true }));
        Assert.Contains("snapshot", VmObstacles.To(VmOperation.Start, new Vm { IsATemplate = true, IsASnapshot = true }));
        Assert.Contains("control domain", VmObstacles.To(VmOperation.HardReboot, new Vm { IsControlDomain = true }));
    }
}
