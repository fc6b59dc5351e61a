using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>Hosts emptied: what hinders it, and how it goes.</summary>
public sealed class EvacuationTests
{
    [Theory]
    [InlineData("VM_REQUIRES_SR")]
    [InlineData("VM_REQUIRES_NETWORK")]
    [InlineData("VM_HAS_PCI_ATTACHED")]
    [InlineData("VM_HAS_VGPU")]
    [InlineData("VM_HAS_SRIOV_VIF")]
    [InlineData("VM_LACKS_FEATURE")]
    [InlineData("VM_INCOMPATIBLE_WITH_THIS_HOST")]
    [InlineData("VM_IS_IMMOBILE")]
    [InlineData("HOST_NOT_ENOUGH_FREE_MEMORY")]
    [InlineData("NO_HOSTS_AVAILABLE")]
    public async Task Hindrance_OfAVm_IsNamedWithIt(string code)
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=30,seed=5");
        var vm = Movable(pool);
        var host = vm.Follow("resident_on", "host")!;
        Hinder(pool.Db, vm, host, code);

        var reasons = await pool.CallAsync("host.get_vms_which_prevent_evacuation", host.Ref);
        var refusal = await pool.FailureAsync("host.assert_can_evacuate", host.Ref);

        Assert.Equal(code, reasons.GetProperty(vm.Ref)[0].GetString());
        Assert.Contains($"{code},{vm.Ref}", refusal[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evacuate_OfABatchOfTwo_MovesTwoAtATime()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=30,seed=5", TimeSpan.FromMilliseconds(20));
        var host = FreeHost(pool);
        var most = 0;
        var observer = pool.Db.Observer;
        pool.Db.Observer = (row, change) =>
        {
            observer?.Invoke(row, change);
            most = Math.Max(most, pool.Db.All("task").Count(task => task.Text("name_label") == "Async.VM.pool_migrate"));
        };

        await pool.CallAsync("host.disable", host.Ref);
        var end = await pool.EndAsync(await pool.CallAsync("Async.host.evacuate", host.Ref, "OpaqueRef:NULL", 2));

        Assert.Equal("success", end.Status);
        Assert.Equal(2, most);
        Assert.All(host.FollowAll("resident_VMs", "VM"), vm => Assert.True(vm.Bool("is_control_domain")));
    }

    [Fact]
    public async Task Evacuate_WhenTheThirdVmFails_StopsThereAndSaysWhy()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=30,seed=5");
        var host = FreeHost(pool);
        var before = Guests(host);
        pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "VM.pool_migrate", Skip = 2, Times = 1, Error = ["INTERNAL_ERROR", "xenopsd: the receiver went away"] });

        await pool.CallAsync("host.disable", host.Ref);
        var failure = await pool.FailureAsync("host.evacuate", host.Ref, "OpaqueRef:NULL", 1);

        Assert.Equal(["INTERNAL_ERROR", "xenopsd: the receiver went away"], failure);
        Assert.Equal(before - 2, Guests(host));
        Assert.DoesNotContain("evacuate", host["current_operations"].AsMap.Entries.Select(entry => entry.Value.AsText));
    }

    [Fact]
    public async Task Evacuate_OverANetworkWithoutAddresses_IsRefused()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=30,seed=5");
        var host = FreeHost(pool);
        var (storage, bond) = (Network(pool.Db, "Pool-wide network associated with eth1"), Network(pool.Db, "Bond 0"));
        await pool.CallAsync("host.disable", host.Ref);

        var failure = await pool.FailureAsync("host.evacuate", host.Ref, bond.Ref, 0);
        await pool.CallAsync("host.evacuate", host.Ref, storage.Ref, 0);

        Assert.Equal("INTERFACE_HAS_NO_IP", failure[0]);
        Assert.Equal(0, Guests(host));
    }

    private static int Guests(DbObject host) => host.FollowAll("resident_VMs", "VM").Count(vm => !vm.Bool("is_control_domain"));

    private static DbObject Network(Database db, string name) => db.Where("network", "name_label", name)[0];

    private static DbObject Movable(PatchingPool pool) => pool.Db.Where("VM", "power_state", "Running").First(vm => !vm.Bool("is_control_domain") && IsFree(vm));

    /// <summary>A host with several guests, which all can go: those that cannot are shut away first.</summary>
    private static DbObject FreeHost(PatchingPool pool)
    {
        var host = pool.Hosts[1];
        foreach (var vm in host.FollowAll("resident_VMs", "VM").Where(vm => !vm.Bool("is_control_domain") && !IsFree(vm)))
            XoBlazor.Simulator.Behaviour.VmDomain.ForceHalted(vm);
        Assert.InRange(Guests(host), 4, 30);
        return host;
    }

    private static bool IsFree(DbObject vm)
    {
        var host = vm.Follow("resident_on", "host")!;
        return XoBlazor.Simulator.Behaviour.EvacuationPlan.For(host).Any(step => step.Vm == vm && step.Why is null);
    }

    private static void Hinder(Database db, DbObject vm, DbObject host, string code)
    {
        var other = db.All("host").First(candidate => candidate.Ref != host.Ref);
        switch (code)
        {
            case "VM_REQUIRES_SR":
                var local = db.All("SR").First(sr => !sr.Bool("shared") && sr.FollowAll("PBDs", "PBD").Any(pbd => pbd.Text("host") == host.Ref) && sr.Text("content_type") != "iso");
                vm.FollowAll("VBDs", "VBD").Select(vbd => vbd.Follow("VDI", "VDI")).First(vdi => vdi is not null)!["SR"] = local.Ref;
                break;
            case "VM_REQUIRES_NETWORK":
                var network = vm.FollowAll("VIFs", "VIF")[0].Follow("network", "network")!;
                foreach (var pif in network.FollowAll("PIFs", "PIF").Where(pif => pif.Text("host") == other.Ref))
                    pif.Destroy();
                break;
            case "VM_HAS_PCI_ATTACHED":
                db.Create("PCI", ("host", host.Ref), ("device_name", "a card"), ("attached_VMs", XapiValue.SetOf(vm.Ref)));
                break;
            case "VM_HAS_VGPU":
                db.Create("VGPU", ("VM", vm.Ref), ("device", "0"));
                break;
            case "VM_HAS_SRIOV_VIF":
                db.Create("network_sriov", ("logical_PIF", vm.FollowAll("VIFs", "VIF")[0].Follow("network", "network")!.FollowAll("PIFs", "PIF")[0].Ref));
                break;
            case "VM_LACKS_FEATURE":
                vm["domain_type"] = "hvm";
                vm["guest_metrics"] = XapiValue.NullRef;
                break;
            case "VM_INCOMPATIBLE_WITH_THIS_HOST":
                vm["last_boot_CPU_flags"] = XapiValue.MapOf(("vendor", "AuthenticAMD"), ("features", "ffffffff-ffffffff"));
                break;
            case "VM_IS_IMMOBILE":
                vm.Follow("metrics", "VM_metrics")!["nomigrate"] = true;
                break;
            case "HOST_NOT_ENOUGH_FREE_MEMORY":
                other.Follow("metrics", "host_metrics")!["memory_total"] = 1L << 30;
                break;
            case "NO_HOSTS_AVAILABLE":
                other["enabled"] = false;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(code), code, "no such hindrance");
        }
    }
}
