using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Making;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// What is inside a simulated VM: it boots, its drivers connect, its agent reports names and addresses. Everything here is made up; the
/// rows and their keys are xapi's (xapi-behaviour.md §4).
/// </summary>
internal static class Guest
{
    private static readonly TimeSpan s_tooQuickToWatch = TimeSpan.FromMilliseconds(50);

    private static readonly string[] s_features =
        ["feature-suspend", "feature-poweroff", "feature-reboot", "feature-vcpu-hotplug", "feature-balloon", "feature-shutdown"];

    /// <summary>
    /// A fresh row for a VM that has just begun to run, in place of an older one. Where operations are too quick to watch, the agent has
    /// reported at once; otherwise the row starts empty and fills while the guest boots.
    /// </summary>
    public static void Boot(CallContext call, DbObject vm)
    {
        var isInstant = call.Pool.Options.OperationDuration <= s_tooQuickToWatch;
        var row = call.Db.Create("VM_guest_metrics", [("live", true), ("last_updated", call.Pool.Now), .. isInstant ? Report(vm) : []]);
        Replace(vm, row);
        if (!isInstant) _ = ReportLaterAsync(call.Pool, vm, row, call.Cancellation);
    }

    /// <summary>A guest whose hardware is emulated hears a wish to shut down only through its drivers.</summary>
    /// <exception cref="XapiException">VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT.</exception>
    public static void AssertAnswers(DbObject vm)
    {
        if (VmOperations.IsHvm(vm) && !VmOperations.HasDrivers(vm)) throw new XapiException("VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT", vm.Ref);
    }

    /// <summary>Makes this the VM's guest-metrics row and destroys the one it had.</summary>
    public static void Replace(DbObject vm, DbObject? row)
    {
        var old = vm.Follow("guest_metrics", "VM_guest_metrics");
        vm["guest_metrics"] = row is { } fresh ? fresh.Ref : XapiValue.NullRef;
        if (old is { } previous && previous.Ref != row?.Ref) previous.Destroy();
    }

    /// <summary>All that an agent reports about its guest.</summary>
    public static IEnumerable<(string Field, XapiValue Value)> Report(DbObject vm)
    {
        var system = SystemOf(vm);
        yield return ("os_version", OsVersion(system));
        yield return ("PV_drivers_version", DriversVersion());
        yield return ("PV_drivers_up_to_date", true);
        yield return ("PV_drivers_detected", true);
        yield return ("networks", Networks(vm));
        yield return ("other", XapiValue.MapOf(s_features.Select(feature => (feature, (XapiValue)"1"))));
        yield return ("netbios_name", system.IsWindows ? XapiValue.MapOf(("host_name", vm.Text("name_label").ToUpperInvariant())) : XapiValue.EmptyMap);
        yield return ("can_use_hotplug_vbd", "yes");
        yield return ("can_use_hotplug_vif", "yes");
    }

    public static XapiValue OsVersion(GuestSystem system) => XapiValue.MapOf(
        ("name", system.Name), ("uname", system.Kernel), ("distro", system.Distribution), ("major", system.Major), ("minor", system.Minor));

    public static XapiValue DriversVersion() => XapiValue.MapOf(("major", "7"), ("minor", "30"), ("micro", "0"), ("build", "11"));

    public static XapiValue Networks(DbObject vm) => XapiValue.MapOf(vm.FollowAll("VIFs", "VIF").OrderBy(vif => vif.Text("device")).SelectMany(Addresses));

    private static IEnumerable<(string Key, XapiValue Value)> Addresses(DbObject vif)
    {
        var (device, mac) = (vif.Text("device"), vif.Text("MAC"));
        var parts = mac.Split(':').Select(part => Convert.ToInt32(part, 16)).ToArray();
        if (parts.Length != 6) yield break;
        var address = $"10.{parts[3]}.{parts[4]}.{Math.Clamp(parts[5], 1, 254)}";
        yield return ($"{device}/ipv6/0", $"fe80::{parts[0] ^ 2:x2}{parts[1]:x2}:{parts[2]:x2}ff:fe{parts[3]:x2}:{parts[4]:x2}{parts[5]:x2}");
        yield return ($"{device}/ip", address);
        yield return ($"{device}/ipv4/0", address);
    }

    private static GuestSystem SystemOf(DbObject vm)
    {
        var template = vm["other_config"].AsMap["base_template_name"]?.AsText;
        return GuestSystem.All.FirstOrDefault(system => system.Template == template)
            ?? GuestSystem.All.First(system => system.IsWindows == (template?.Contains("Windows", StringComparison.Ordinal) ?? false));
    }

    /// <summary>The drivers connect, a little later the agent speaks; nothing comes if the VM has stopped or started anew meanwhile.</summary>
    private static async Task ReportLaterAsync(PoolSimulator pool, DbObject vm, DbObject row, CancellationToken cancellation)
    {
        try
        {
            await Effort.SpendAsync(pool, Effort.GuestBoot, cancellation);
            Write(["PV_drivers_version", "PV_drivers_up_to_date", "PV_drivers_detected", "can_use_hotplug_vbd", "can_use_hotplug_vif"]);
            await Effort.SpendAsync(pool, Effort.GuestAgent, cancellation);
            Write(["os_version", "networks", "other", "netbios_name"]);
        }
        catch (OperationCanceledException)
        {
        }

        void Write(string[] fields) => pool.Db.Update(() =>
        {
            if (!row.Exists || !vm.Exists || vm.Text("guest_metrics") != row.Ref || vm.Text("power_state") != "Running") return;
            foreach (var (field, value) in Report(vm).Where(entry => fields.Contains(entry.Field)))
                row[field] = value;
            row["last_updated"] = pool.Now;
            AllowedOperations.Update(vm);
            AllowedOperations.UpdateDevicesOf(vm);
        });
    }
}
