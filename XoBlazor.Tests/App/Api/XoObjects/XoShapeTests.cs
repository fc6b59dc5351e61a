using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Store;
using XoBlazor.Tests.Support;
using static XoBlazor.Tests.Store.StoreFixture;

namespace XoBlazor.Tests.App.Api.XoObjects;

public sealed class XoShapeTests
{
    private readonly StoreFixture _fixture = new();
    private readonly Host _host = new() { Ref = Ref("host"), Uuid = "u-host", NameLabel = "xen1" };
    private readonly Vm _vm = new()
    {
        Ref = Ref("vm"),
        Uuid = "u-vm",
        PowerState = VmPowerState.Running,
        ResidentOn = new(Ref("host")),
        Metrics = new(Ref("metrics")),
        GuestMetrics = new(Ref("guest")),
        MemoryDynamicMax = 4096,
        VcpusAtStartup = 2,
        VcpusMax = 8,
    };

    [Fact]
    public void Vm_GuestReportsAddresses_AreNumberedByDeviceAndProtocolAndTheFirstIsTold()
    {
        _fixture.Put(_host, _vm, Guest(("1/ipv6/0", "fe80::1 2001:db8::7"), ("0/ip", "10.0.0.1"), ("0/ipv4/0", "10.0.0.1 10.0.0.2\n10.0.0.3"), ("x/ip", "no"), ("2/mac", "no"), ("3/ipv4/a", "no")));

        var made = Object(_vm);

        Assert.Equal("""{"0/ipv4/0":"10.0.0.1","0/ipv4/1":"10.0.0.2","0/ipv4/2":"10.0.0.3","1/ipv6/0":"fe80::1","1/ipv6/1":"2001:db8::7"}""", made["addresses"]!.ToJsonString());
        Assert.Equal("10.0.0.1", (string)made["mainIpAddress"]!);
    }

    [Fact]
    public void Vm_OnlyIpv6_IsItsMainAddress()
    {
        _fixture.Put(_vm, Guest(("0/ipv6/0", "2001:db8::7")));

        Assert.Equal("2001:db8::7", (string)Object(_vm)["mainIpAddress"]!);
    }

    [Fact]
    public void Vm_RunningWithTools_TellsVersionProcessorsAndTheGuestsMemory()
    {
        _fixture.Put(
            _vm, new VmMetrics { Ref = Ref("metrics"), VcpusNumber = 4, MemoryActual = 2048 },
            Guest() with { PvDriversDetected = true, PvDriversUpToDate = true, PvDriversVersion = Map(("major", "7"), ("minor", "30"), ("micro", "0"), ("build", "12")), Memory = Map(("used", "100"), ("total", "2000")) });

        var made = Object(_vm);

        Assert.Equal("""{"major":7,"minor":30,"version":7.3}""", made["xenTools"]!.ToJsonString());
        Assert.Equal(("7.30.0-12", true, true, true), ((string)made["pvDriversVersion"]!, (bool)made["pvDriversUpToDate"]!, (bool)made["managementAgentDetected"]!, (bool)made["pvDriversDetected"]!));
        Assert.Equal("""{"max":8,"number":4}""", made["CPUs"]!.ToJsonString());
        Assert.Equal((2000, 100), ((int)made["memory"]!["size"]!, (int)made["memory"]!["usage"]!));
    }

    [Fact]
    public void Vm_RunningWithoutReport_HasNoToolsAndTheHostsWordOnMemory()
    {
        _fixture.Put(_vm, new VmMetrics { Ref = Ref("metrics"), VcpusNumber = 4, MemoryActual = 2048 });

        var made = Object(_vm);

        Assert.False((bool)made["xenTools"]!);
        Assert.False(made.ContainsKey("managementAgentDetected") || made.ContainsKey("mainIpAddress") || made["memory"]!.AsObject().ContainsKey("usage"));
        Assert.Equal((2048, 2), ((int)made["memory"]!["size"]!, (int)made["CPUs"]!["number"]!));
        Assert.True(made.ContainsKey("os_version") && made["os_version"] is null);
    }

    [Fact]
    public void Vm_Halted_SaysNothingOfToolsAndWhatItWouldGet()
    {
        var vm = _vm with { PowerState = VmPowerState.Halted, ResidentOn = default };
        _fixture.Put(vm, new VmMetrics { Ref = Ref("metrics"), VcpusNumber = 4, MemoryActual = 2048 }, Guest() with { PvDriversDetected = true });

        var made = Object(vm);

        Assert.False(made.ContainsKey("xenTools") || made.ContainsKey("pvDriversDetected"));
        Assert.Equal(4096, (int)made["memory"]!["size"]!);
        Assert.Equal(PoolUuid, (string)made["$container"]!);
    }

    [Fact]
    public void Vm_OnAHostThatDoesNotShow_HasNoContainer()
    {
        _fixture.Put(_vm with { Vifs = [new(Ref("unseen"))], Affinity = new(Ref("unseen")) });

        var made = Object(_fixture.Picture.GetByUuid<Vm>("u-vm")!);

        Assert.False(made.ContainsKey("$container") || made.ContainsKey("affinityHost"));
        Assert.Empty(made["VIFs"]!.AsArray());
    }

    [Fact]
    public void Vm_HaltedWithADiskThatOneHostReaches_BelongsToThatHost()
    {
        var vm = _vm with { PowerState = VmPowerState.Halted, ResidentOn = default, Vbds = [new(Ref("cd")), new(Ref("vbd"))] };
        _fixture.Put(
            vm, _host, new Vbd { Ref = Ref("cd"), Type = VbdType.Cd, Vdi = new(Ref("iso")) }, new Vbd { Ref = Ref("vbd"), Type = VbdType.Disk, Vdi = new(Ref("vdi")) },
            new Vdi { Ref = Ref("vdi"), Sr = new(Ref("sr")) }, new Sr { Ref = Ref("sr"), Pbds = [new(Ref("pbd"))] }, new Pbd { Ref = Ref("pbd"), Host = new(_host.Ref) });

        Assert.Equal("u-host", (string)Object(vm)["$container"]!);
    }

    [Theory]
    [InlineData("3.4.0", "nested-virt", true)]
    [InlineData("3.4.0", "exp-nested-hvm", false)]
    [InlineData("3.2.1", "nested-virt", false)]
    [InlineData("3.2.1", "exp-nested-hvm", true)]
    public void Vm_NestedVirtualisation_GoesByThePlatform(string platform, string key, bool isNested)
    {
        var vm = _vm with { Platform = Map((key, "true")) };
        _fixture.Put(vm, _host with { SoftwareVersion = Map(("platform_version", platform)) }, new Pool { Ref = Ref("pool"), Uuid = PoolUuid, Master = new(_host.Ref) });

        Assert.Equal(isNested, (bool)Object(vm)["isNestedVirtEnabled"]!);
    }

    [Fact]
    public void Vm_NotesOfXenOrchestra_AreReadAndOthersPassedOver()
    {
        var vm = _vm with { OtherConfig = Map(("xo:1", "{broken"), ("xo:2", "[1]"), ("xo:3", """{"creation":{"date":"d","template":"t","user":7}}"""), ("xo:notes", "# hi"), ("xo:resource_set", "\"set\"")) };

        _fixture.Put(vm);
        var made = Object(vm);

        Assert.Equal("""{"date":"d","template":"t"}""", made["creation"]!.ToJsonString());
        Assert.Equal(("set", "# hi"), ((string)made["resourceSet"]!, (string)made["notes"]!));
        Assert.Equal("", (string)Object(vm with { OtherConfig = Map(("xo:resource_set", "")) })["resourceSet"]!);
    }

    [Fact]
    public void Vm_NotesThatAreNoText_SpoilNothing()
    {
        var vm = _vm with { OtherConfig = Map(("xo:1", """{"creation":{"date":"\ud800"}}"""), ("xo:2", """{"\ud800":1,"creation":{"date":"d"}}"""), ("xo:3", """{"creation":{"user":"u"}}"""), ("xo:resource_set", "\"\\udc00\"")) };
        _fixture.Put(vm);

        var made = Object(vm);

        Assert.Equal("""{"user":"u"}""", made["creation"]!.ToJsonString());
        Assert.Equal("\"\\udc00\"", (string)made["resourceSet"]!);
    }

    [Fact]
    public void Vm_HostileTexts_MakeSoundJson()
    {
        const string hostile = "\ud800 \"\\ \0 </script> \u2028";
        var vm = _vm with { NameLabel = hostile, OtherConfig = Map((hostile, hostile)), Recommendations = "<<\"supports-\">", HvmBootParams = Map(("firmware", "")) };

        _fixture.Put(vm, Guest((hostile, hostile), ("0/ip", hostile)));

        Assert.Equal(hostile.Replace('\ud800', '\ufffd'), (string)Object(vm)["name_label"]!);
    }

    [Fact]
    public void Vm_FirmwareThatItsTemplateRulesOut_IsNotSupported()
    {
        var vm = _vm with { HvmBootParams = Map(("firmware", "uefi")), Recommendations = """<restrictions><restriction field="supports-bios" value="yes"/><restriction field="supports-uefi" value="no"/></restrictions>""" };
        _fixture.Put(vm);

        Assert.False((bool)Object(vm)["isFirmwareSupported"]!);
        Assert.True((bool)Object(vm with { HvmBootParams = Map(("firmware", "bios")) })["isFirmwareSupported"]!);
    }

    [Fact]
    public void Pbd_SecretsOfTheStorage_AreMasked()
    {
        var pbd = new Pbd { Ref = Ref("pbd"), Uuid = "u-pbd", DeviceConfig = Map(("server", "nas"), ("cifspassword", "geheim"), ("chappassword_secret", "geheim")) };
        _fixture.Put(pbd);

        var text = Object(pbd)["device_config"]!.ToJsonString();

        Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
        Assert.Contains("nas", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Vdi_ChainsThatGoInCircles_Count()
    {
        var (a, b) = (Disk("a", "b", 1), Disk("b", "a", 10));
        _fixture.Put(a, b, Disk("c", "b", 100), Disk("d", "none", 1000));

        Assert.Equal(11, (int)Object(a)["chainPhysicalUsage"]!);
        Assert.Equal(1000, (int)Object(_fixture.Picture.GetByUuid("d")!)["chainPhysicalUsage"]!);
        Assert.InRange((int)Object(_fixture.Picture.GetByUuid("c")!)["chainPhysicalUsage"]!, 111, int.MaxValue);

        static Vdi Disk(string uuid, string parent, long used) =>
            new() { Ref = Ref(uuid), Uuid = uuid, Managed = true, PhysicalUtilisation = used, SmConfig = Map(("vhd-parent", parent)) };
    }

    [Fact]
    public void Host_MemoryIsWholeGibibytes()
    {
        var host = _host with { Metrics = new(Ref("metrics")) };
        _fixture.Put(host, new HostMetrics { Ref = Ref("metrics"), Live = true, MemoryTotal = 8579674112, MemoryFree = 1L << 30 });

        Assert.Equal($$"""{"usage":{{7L << 30}},"size":{{8L << 30}}}""", Object(host)["memory"]!.ToJsonString());
        Assert.Equal("Unknown", (string)Object(_host)["power_state"]!);
    }

    [Fact]
    public async Task Objects_OfOldPools_HaveTheirTemplatesDisksPatchesAndPacks()
    {
        using var patience = Patience.Source();
        var patches = XoPools.Objects((await XoPools.LoadAsync("one-host-patches.xml", patience.Token)).Current);

        var template = patches.Values.First(o => (string)o["type"]! == "VM-template" && o["template_info"]!["disks"]!.AsArray().Count > 0);
        Assert.True((bool)template["isDefaultTemplate"]!);
        Assert.Equal($"{template["$pool"]}-{template["uuid"]}", (string)template["id"]!);
        Assert.Equal(["SR", "bootable", "device", "size", "type"], template["template_info"]!["disks"]![0]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.InRange((long)template["template_info"]!["disks"]![0]!["size"]!, 1L << 30, 1L << 40);
        var host = patches.Values.Single(o => (string)o["type"]! == "host");
        var patch = patches[(string)host["patches"]![0]!];
        Assert.Equal("patch", (string)patch["type"]!);
        Assert.Equal((string)patch["pool_patch"]!, (string)patches[(string)patch["pool_patch"]!]["uuid"]!);
        var pack = host["supplementalPacks"]!.AsArray().First(p => (string)p!["name"]! == "linux")!;
        Assert.Equal("xs", (string)pack["author"]!);
        Assert.Matches(@"^\d+\.\d+", (string)pack["version"]!);
        Assert.True((bool)patches.Values.Single(o => (string)o["type"]! == "pool")["haRebootVmOnInternalShutdown"]!);
    }

    [Fact]
    public async Task Objects_OfAPoolWithBonds_SayWhichInterfacesAreBonded()
    {
        using var patience = Patience.Source();
        var objects = XoPools.Objects((await XoPools.LoadAsync("two-hosts-vlans-bonds.xml", patience.Token)).Current);

        var master = objects.Values.First(o => (string)o["type"]! == "PIF" && (bool)o["isBondMaster"]!);
        var slaves = master["bondSlaves"]!.AsArray().Select(s => objects[(string)s!]).ToList();

        Assert.InRange(slaves.Count, 2, 4);
        Assert.All(slaves, s => Assert.Equal((string)master["id"]!, (string)s["bondMaster"]!));
        Assert.True((bool)objects[(string)master["$network"]!]["isBonded"]!);
        Assert.Contains(objects.Values, o => (string)o["type"]! == "bond" && (string)o["master"]! == (string)master["id"]!);
    }

    private static XenMap<string, string> Map(params (string Key, string Value)[] entries) =>
        XenMap<string, string>.Of([.. entries.Select(e => new KeyValuePair<string, string>(e.Key, e.Value))]);

    private static VmGuestMetrics Guest(params (string Key, string Value)[] networks) => new() { Ref = Ref("guest"), Networks = Map(networks) };

    private JsonObject Object(XapiObject value) => XoPools.Object(_fixture.Picture, value);
}
