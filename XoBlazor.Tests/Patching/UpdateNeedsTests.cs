using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Patching;

/// <summary>What installed updates still ask for, by the picture alone.</summary>
public sealed class UpdateNeedsTests : IDisposable
{
    private readonly SamplePool _pool = new(new ObjectStore(TimeProvider.System, []), hosts: 2);

    private Host Host => _pool.Picture.All<Host>().First();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Of_NothingInstalled_NeedsNothing() => Assert.Empty(UpdateNeeds.Of(_pool.Picture, Host));

    [Theory]
    [InlineData("1700000000", "1700000001", true)]
    [InlineData("1700000000.5", "1700000000", false)]
    [InlineData("1700000000", "soon", false)]
    [InlineData("", "1700000000", false)]
    public void NeedsReboot_PackagesInstalledAfterTheBoot(string booted, string installed, bool expected)
    {
        _pool.Apply(Host with { OtherConfig = XenMap<string, string>.Of(new("boot_time", booted), new("rpm_patch_installation_time", installed)) });

        Assert.Equal(expected, UpdateNeeds.NeedsReboot(_pool.Picture, Host));
    }

    [Fact]
    public void Of_GuidancesOfHostAndVms_AreTold()
    {
        _pool.Apply(Host with { PendingGuidancesRecommended = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartToolstack, UpdateGuidances.RebootHostOnLivepatchFailure) });
        var vm = _pool.Picture.VmsOn(Host).First(one => one.PowerState == VmPowerState.Running);
        _pool.Apply(vm with { PendingGuidances = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartDeviceModel) });

        Assert.Equal([UpdateNeed.RebootHost, UpdateNeed.RestartToolstack, UpdateNeed.RestartDeviceModels], UpdateNeeds.Of(_pool.Picture, Host).Select(one => one.Need));
    }

    [Fact]
    public void Of_WhatUpdatesInsistOn_IsSaidSo()
    {
        _pool.Apply(Host with
        {
            PendingGuidances = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartToolstack),
            PendingGuidancesRecommended = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartToolstack),
            PendingGuidancesFull = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RebootHost),
        });
        var vms = _pool.Picture.VmsOn(Host).Where(one => one.PowerState == VmPowerState.Running).Take(2).ToList();
        _pool.Apply(vms[0] with { PendingGuidancesFull = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartVm) });

        Assert.Equal(
            ["installed updates work fully only after a reboot", "installed updates require a restart of the toolstack", $"the VM {vms[0].NameLabel} is fully up to date only after a restart"],
            UpdateNeeds.Of(_pool.Picture, Host).Select(one => one.Why));
        Assert.Null(UpdateNeeds.Of(_pool.Picture, vms[1]));
    }

    [Fact]
    public void Attention_NamesHostsThatWaitForMoreThanAReboot()
    {
        _pool.Apply(Host with { PendingGuidancesRecommended = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartToolstack) });
        var vm = _pool.Picture.VmsOn(Host).First(one => one.PowerState == VmPowerState.Running);
        _pool.Apply(vm with { PendingGuidancesFull = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartVm) });

        var words = Attention.In(_pool.Picture).Where(one => one.About.Ref == Host.Ref).Select(one => one.Words).ToList();

        Assert.Contains("has updates that work only after a restart of its toolstack", words);
        Assert.Contains("runs a VM that installed updates have not reached yet", words);
    }

    [Fact]
    public void NeedsReboot_PatchAppliedAfterTheBoot_UnlessItIsOfALaterGeneration()
    {
        var patch = new PoolPatch { Ref = "OpaqueRef:pp", Uuid = "pp", NameLabel = "XS65E001", AfterApplyGuidance = EnumSet<AfterApplyGuidance>.Of(AfterApplyGuidance.Restarthost) };
        _pool.Apply(
            patch, new HostPatch { Ref = "OpaqueRef:hp", Uuid = "hp", NameLabel = "XS65E001", Host = new(Host.Ref), PoolPatch = new(patch.Ref), Applied = true, TimestampApplied = DateTimeOffset.FromUnixTimeSeconds(1_700_000_001) },
            Host with { Patches = [new("OpaqueRef:hp")], OtherConfig = XenMap<string, string>.Of(new KeyValuePair<string, string>("boot_time", "1700000000")) });
        Assert.Equal(["XS65E001 works only after a reboot"], UpdateNeeds.Of(_pool.Picture, Host).Select(one => one.Why));

        _pool.Apply(patch with { PoolUpdate = new("OpaqueRef:pu") });
        Assert.False(UpdateNeeds.NeedsReboot(_pool.Picture, Host));
    }
}
