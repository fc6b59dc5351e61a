using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using static XoBlazor.Tests.Store.StoreFixture;

namespace XoBlazor.Tests.Store;

public sealed class FactsTests
{
    private readonly StoreFixture _fixture = new();
    private readonly Host _host = new() { Ref = Ref("host"), Uuid = "u-host", NameLabel = "xen1" };
    private readonly Vm _vm = new() { Ref = Ref("vm"), Uuid = "u-vm", NameLabel = "web", GuestMetrics = new(Ref("guest")), Metrics = new(Ref("metrics")) };

    private PoolPicture Picture => _fixture.Picture;

    [Fact]
    public void HostOf_FollowsResidenceThenAffinityThenLocalDisk()
    {
        _fixture.Put(
            _host, _vm, new Vbd { Ref = Ref("vbd"), Vm = new(_vm.Ref), Vdi = new(Ref("vdi")), Type = VbdType.Disk },
            new Vdi { Ref = Ref("vdi"), Sr = new(Ref("sr")) }, new Sr { Ref = Ref("sr") });
        var untied = Picture.HostOf(_vm);

        _fixture.Put(new Pbd { Ref = Ref("pbd"), Host = new(_host.Ref), Sr = new(Ref("sr")), CurrentlyAttached = true });
        var byDisk = Picture.HostOf(_vm);
        var other = new Host { Ref = Ref("other"), NameLabel = "xen2" };
        _fixture.Put(other, _vm with { Affinity = new(other.Ref) });
        var byAffinity = Picture.HostOf(Picture.GetByUuid<Vm>("u-vm")!);
        _fixture.Put(_vm with { Affinity = new(other.Ref), ResidentOn = new(_host.Ref) });
        var byResidence = Picture.HostOf(Picture.GetByUuid<Vm>("u-vm")!);

        Assert.Null(untied);
        Assert.Same(_host, byDisk);
        Assert.Same(other, byAffinity);
        Assert.Same(_host, byResidence);
    }

    [Fact]
    public void HostOf_ItRunsOnAHostThatIsNotInThePicture_NamesNoOtherOne()
    {
        _fixture.Put(_host, _vm with { Affinity = new(_host.Ref), ResidentOn = new(Ref("elsewhere")) });

        Assert.Null(Picture.HostOf(Picture.GetByUuid<Vm>("u-vm")!));
    }

    [Fact]
    public void Facts_ChangeWithNeighbours_WithoutTheVmChanging()
    {
        _fixture.Put(_vm, Guest(("0/ip", "10.0.0.1")));
        var before = Picture.MainAddressOf(_vm);

        _fixture.Put(Guest(("0/ip", "10.0.0.2")));

        Assert.Equal("10.0.0.1", before!.ToString());
        Assert.Equal("10.0.0.2", Picture.MainAddressOf(_vm)!.ToString());
    }

    [Fact]
    public void AddressesOf_RealAndHostileReports_KeepsOnlyAddresses()
    {
        _fixture.Put(_vm, Guest(
            ("0/ip", "10.80.238.146"), ("0/ipv4/0", "10.80.238.146 10.80.238.147"), ("0/ipv6/0", "fe80::5054:ff:feaa:1"), ("1/ipv6/0", "2001:db8::7"),
            ("2/ip", "<script>alert(1)</script>"), ("x/ip", "10.0.0.1"), ("1/ip", "12"), ("3/ipv4/99999999999", "10.0.0.9"), ("9/ip/0/1", "10.0.0.8")));

        var addresses = Picture.AddressesOf(_vm).Select(a => $"{a.Device}:{a}");

        Assert.Equal(["0:10.80.238.146", "0:10.80.238.147", "0:fe80::5054:ff:feaa:1", "1:2001:db8::7"], addresses);
    }

    [Fact]
    public void AddressesOf_Flood_IsCutOff()
    {
        _fixture.Put(_vm, Guest([.. Enumerable.Range(0, 5000).Select(i => ($"{i}/ip", $"10.0.{i / 256}.{i % 256}"))]));

        Assert.Equal(64, Picture.AddressesOf(_vm).Length);
    }

    [Fact]
    public void MemoryOf_RunningVm_ComesFromItsMetrics()
    {
        var halted = _vm with { MemoryDynamicMax = 4 };
        _fixture.Put(new VmMetrics { Ref = Ref("metrics"), MemoryActual = 3, VcpusNumber = 2 });

        Assert.Equal(4, Picture.MemoryOf(halted));
        Assert.Equal(3, Picture.MemoryOf(halted with { PowerState = VmPowerState.Running }));
    }

    [Fact]
    public void ConnectionOf_Sr_CountsItsLinks()
    {
        var sr = new Sr { Ref = Ref("sr"), Shared = true };
        Pbd Link(string name, bool attached) => new() { Ref = Ref(name), Sr = new(sr.Ref), Host = new(_host.Ref), CurrentlyAttached = attached };
        _fixture.Put(_host, sr);
        var states = new List<SrConnection> { Picture.ConnectionOf(sr) };

        _fixture.Put(Link("p1", false), Link("p2", false));
        states.Add(Picture.ConnectionOf(sr));
        _fixture.Put(Link("p1", true));
        states.Add(Picture.ConnectionOf(sr));
        _fixture.Put(Link("p2", true));
        states.Add(Picture.ConnectionOf(sr));

        Assert.Equal([SrConnection.Unconnected, SrConnection.Disconnected, SrConnection.Partly, SrConnection.Connected], states);
    }

    [Fact]
    public void ObjectOf_Message_IsFoundByClassAndUuid()
    {
        _fixture.Put(_vm, _host);

        Assert.Same(_vm, Picture.ObjectOf(new XapiMessage { Cls = MessageClass.Vm, ObjUuid = "u-vm" }));
        Assert.Null(Picture.ObjectOf(new XapiMessage { Cls = MessageClass.Host, ObjUuid = "u-vm" }));
    }

    [Theory]
    [InlineData(true, false, false, false, VmKind.ControlDomain)]
    [InlineData(false, true, true, false, VmKind.Snapshot)]
    [InlineData(false, false, true, false, VmKind.Template)]
    [InlineData(false, false, true, true, VmKind.DefaultTemplate)]
    [InlineData(false, false, false, false, VmKind.Vm)]
    public void Kind_OfVm_ComesFromItsFlags(bool control, bool snapshot, bool template, bool isDefault, VmKind kind) =>
        Assert.Equal(kind, new Vm { IsControlDomain = control, IsASnapshot = snapshot, IsATemplate = template, IsDefaultTemplate = isDefault }.Kind());

    private static VmGuestMetrics Guest(params ReadOnlySpan<(string Key, string Value)> networks)
    {
        var entries = new List<KeyValuePair<string, string>>();
        foreach (var (key, value) in networks)
            entries.Add(new(key, value));
        return new() { Ref = Ref("guest"), Networks = XenMap<string, string>.Of([.. entries]) };
    }
}
