using XoBlazor.Simulator;
using XoBlazor.Simulator.Making;

namespace XoBlazor.Tests.Simulator.Making;

/// <summary>Pools of every release that can be made.</summary>
public sealed class MadeReleaseTests
{
    public static TheoryData<string> Releases => [.. HostRelease.All.Select(release => release.Name)];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Make_OfARelease_HasItsSchemaAndTellsIt(string name)
    {
        var release = HostRelease.Find(name);

        var db = PoolSource.Make($"hosts=2,vms=20,seed=3,release={name}")[0].Load(null);

        var software = db.Coordinator["software_version"].AsMap;
        Assert.Equal((release.Brand, release.ProductVersion, release.PlatformVersion), (software["product_brand"]!.AsText, software["product_version"]!.AsText, software["platform_version"]!.AsText));
        Assert.Equal(Version.Parse(release.PlatformVersion) >= new Version(2, 1, 1), db.Schema.FindClass("pool_update") is not null);
        Assert.Equal(name == "xenserver-8" ? 2 : 0, db.All("Repository").Count);
        Assert.Equal(20, db.All("VM").Count(vm => !vm.Bool("is_a_template") && !vm.Bool("is_a_snapshot") && !vm.Bool("is_control_domain")));
        Assert.Empty(db.Update(() => Behaviour.Soundness.Faults(db)));
    }

    [Fact]
    public void Make_OfAReleaseThatIsNone_SaysWhichThereAre()
    {
        var failure = Assert.Throws<SimulatorException>(() => PoolSource.Make("release=xenserver-1"));

        Assert.Contains("citrix-hypervisor-8.2", failure.Message, StringComparison.Ordinal);
    }
}
