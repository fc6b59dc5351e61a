using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Calls;

/// <summary>Questions to a host that change nothing.</summary>
internal static class HostCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.Register("host.get_servertime", c => Living(c, c.Pool.Time.GetUtcNow()));
        calls.Register("host.get_server_localtime", c => Living(c, new DateValue(
            c.Pool.Time.GetLocalNow().ToString("yyyyMMdd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture))));
        calls.Register("host.dmesg", c => Living(c, "Xen simulator"));
        calls.Register("host.get_log", c => Living(c, ""));
        calls.Register("host.list_methods", c => XapiValue.SetOf(c.Pool.Schema.Calls.Select(call => call.FullName)));
        calls.Register("host.compute_free_memory", c => FreeMemory(c.Object("host")));
        calls.Register("host.has_extension", c => Living(c, false));
        calls.Register("host.get_management_interface", c =>
            c.Object("host").FollowAll("PIFs", "PIF").FirstOrDefault(pif => pif.Bool("management"))?.Ref ?? XapiValue.NullRef.Text);
        calls.Register("VM.get_allowed_VBD_devices", c => Free(c, "VBDs", "VBD", "userdevice"));
        calls.Register("VM.get_allowed_VIF_devices", c => Free(c, "VIFs", "VIF", "device", most: 7));
    }

    /// <summary>Calls that a host answers itself fail when it is not there.</summary>
    private static XapiValue Living(CallContext call, XapiValue answer) =>
        call.Object("host") is var host && host.Follow("metrics", "host_metrics")?.Bool("live") == false
            ? throw new XapiException("HOST_OFFLINE", host.Ref) : answer;

    private static XapiValue FreeMemory(DbObject host)
    {
        var total = host.Follow("metrics", "host_metrics")?.Int("memory_total") ?? 0;
        var used = host.FollowAll("resident_VMs", "VM").Sum(vm => vm.Int("memory_dynamic_max") + vm.Int("memory_overhead"));
        return Math.Max(0, total - host.Int("memory_overhead") - used);
    }

    private static SetValue Free(CallContext call, string field, string className, string device, int most = 255)
    {
        var used = call.Object("vm").FollowAll(field, className).Select(d => d.Text(device)).ToHashSet();
        return XapiValue.SetOf(Enumerable.Range(0, most).Select(n => $"{n}").Where(n => !used.Contains(n)));
    }
}
