using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Loading;

/// <summary>
/// Puts right what a stored database cannot know about the running pool it is going to be: where VMs run, which devices are
/// attached, which consoles and metrics exist. A database of a healthy pool passes through unchanged.
/// </summary>
internal static class Consistency
{
    public static void Repair(Database db) => db.Update(() =>
    {
        ForgetOperations(db);
        ReviveHosts(db);
        foreach (var vm in db.All("VM"))
            Settle(db, vm);
    });

    private static void ForgetOperations(Database db)
    {
        foreach (var table in db.Tables.Where(t => t.Schema.Find("current_operations") is not null && t.Schema.Name != "task"))
            foreach (var self in db.All(table.Schema.Name))
                self["current_operations"] = XapiValue.EmptyMap;
    }

    /// <summary>Hosts that were dead when the database was written live again: the simulator answers for all of them.</summary>
    private static void ReviveHosts(Database db)
    {
        if (!db.Exists("host", db.Pool.Text("master")))
            db.Pool["master"] = db.All("host")[0].Ref;
        foreach (var host in db.All("host"))
        {
            if (host.Follow("metrics", "host_metrics") is { } metrics)
            {
                if (!metrics.Bool("live"))
                    host["enabled"] = metrics["live"] = true;
            }
            else
            {
                host["metrics"] = db.Create("host_metrics", ("live", true), ("memory_total", 64L << 30), ("memory_free", 32L << 30)).Ref;
                host["enabled"] = true;
            }
        }
    }

    private static void Settle(Database db, DbObject vm)
    {
        if (vm.Follow("metrics", "VM_metrics") is null && !vm.Bool("is_a_template"))
            vm["metrics"] = db.Create("VM_metrics", ("memory_actual", vm["memory_static_max"]), ("VCPUs_number", vm["VCPUs_at_startup"])).Ref;
        switch (vm.Text("power_state"))
        {
            case "Running" or "Paused":
                SettleRunning(db, vm);
                break;
            case "Halted":
                Detach(vm, "VBDs", "VBD");
                Detach(vm, "VIFs", "VIF");
                SettleOff(vm);
                break;
            default:
                SettleOff(vm);
                break;
        }
    }

    private static void SettleRunning(Database db, DbObject vm)
    {
        if (vm.Follow("resident_on", "host") is null)
            vm["resident_on"] = (vm.Follow("affinity", "host") ?? db.Coordinator).Ref;
        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
            if (vbd.Bool("currently_attached") && vbd.Text("device").Length == 0 && int.TryParse(vbd.Text("userdevice"), out var number)
                && number is >= 0 and < 26 && !vbd.Bool("empty"))
                vbd["device"] = $"xvd{(char)('a' + number)}";
    }

    private static void SettleOff(DbObject vm)
    {
        vm["resident_on"] = XapiValue.NullRef;
        vm["domid"] = -1;
        foreach (var console in vm.FollowAll("consoles", "console"))
            console.Destroy();
    }

    private static void Detach(DbObject vm, string field, string className)
    {
        foreach (var device in vm.FollowAll(field, className))
            device["currently_attached"] = false;
    }

    /// <summary>A console for every running guest that has none, where its host really is.</summary>
    public static void AddConsoles(Database db) => db.Update(() =>
    {
        foreach (var vm in db.Where("VM", "power_state", "Running"))
            if (vm.FollowAll("consoles", "console").Count == 0 && !vm.Bool("is_control_domain") && vm.Follow("resident_on", "host") is { } host)
            {
                var console = db.Create("console", ("VM", vm.Ref), ("protocol", "rfb"));
                console["location"] = $"https://{host.Text("address")}/console?uuid={console.Uuid}";
            }
    });
}
