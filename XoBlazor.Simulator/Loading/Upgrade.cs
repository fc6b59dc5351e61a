using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Loading;

/// <summary>
/// What a newer xapi works out when it first starts on an old database: fields that did not exist then and follow from others. Every
/// other new field has the datamodel's default already.
/// </summary>
internal static class Upgrade
{
    public static void Apply(Database db, Schema old, Release target) => db.Update(() =>
    {
        foreach (var vm in db.All("VM"))
            ApplyToVm(vm, old);
        foreach (var host in db.All("host"))
            ApplyToHost(db, host, old, target);
        if (IsNew(old, "SM", "features"))
            foreach (var sm in db.All("SM"))
                sm["features"] = XapiValue.MapOf(sm["capabilities"].AsTexts.Select(Feature));
        if (IsNew(old, "SR", "is_tools_sr"))
            foreach (var sr in db.All("SR"))
                sr["is_tools_sr"] = sr["other_config"].AsMap["xenserver_tools_sr"] is { } flag && flag.AsText == "true";
        if (IsNew(old, "VDI", "is_tools_iso"))
            foreach (var vdi in db.All("VDI"))
                vdi["is_tools_iso"] = vdi.Text("name_label").EndsWith("xs-tools.iso", StringComparison.Ordinal);
        foreach (var (type, field) in (ReadOnlySpan<(string, string)>)[("PIF", "managed"), ("network", "managed")])
            if (IsNew(old, type, field))
                foreach (var self in db.All(type))
                    self[field] = true;
        if (IsNew(old, "pool", "cpu_info"))
            db.Pool["cpu_info"] = db.Coordinator["cpu_info"];
    });

    private static void ApplyToVm(DbObject vm, Schema old)
    {
        var isHvm = vm.Text("HVM_boot_policy").Length > 0;
        if (IsNew(old, "VM", "is_default_template"))
            vm["is_default_template"] = vm["other_config"].AsMap["default_template"] is { } flag && flag.AsText == "true";
        if (IsNew(old, "VM", "domain_type"))
            vm["domain_type"] = isHvm ? "hvm" : "pv";
        if (vm.Text("power_state") is "Running" or "Paused" && vm.Follow("metrics", "VM_metrics") is { } running)
        {
            if (IsNew(old, "VM_metrics", "current_domain_type"))
                running["current_domain_type"] = isHvm ? "hvm" : "pv";
            if (IsNew(old, "VM_metrics", "hvm"))
                running["hvm"] = isHvm;
        }
    }

    private static void ApplyToHost(Database db, DbObject host, Schema old, Release target)
    {
        if (IsNew(old, "host", "control_domain"))
            foreach (var vm in host.FollowAll("resident_VMs", "VM").Where(vm => vm.Bool("is_control_domain")))
                host["control_domain"] = vm.Ref;
        if (IsNew(old, "host", "multipathing"))
            host["multipathing"] = host["other_config"].AsMap["multipathing"] is { } flag && flag.AsText == "true";
        if (IsNew(old, "host", "iscsi_iqn"))
            host["iscsi_iqn"] = host["other_config"].AsMap["iscsi_iqn"]?.AsText ?? "";
        if (IsNew(old, "host", "virtual_hardware_platform_versions"))
            host["virtual_hardware_platform_versions"] = new SetValue([0, 1, 2]);
        var (major, minor) = ApiVersion(db.Schema.Datamodel, target);
        host["API_version_major"] = major;
        host["API_version_minor"] = minor;
        var (key, value) = target.Rank < db.Schema.Datamodel.Releases.Count
            ? ("product_version", db.Schema.Datamodel.Releases[target.Rank].Branding.Split(' ')[^1]) : ("xapi_build", target.ToString());
        if (target.CompareTo(Release.Latest) < 0)
            host.AddToMap("software_version", key, value);
    }

    private static (int Major, int Minor) ApiVersion(XapiDatamodel datamodel, Release release)
    {
        var text = release.Rank < datamodel.Releases.Count ? datamodel.Releases[release.Rank].Api
            : release.Version.Major switch { >= 26 => "2.23", >= 23 => "2.21", >= 21 => "2.20", _ => "2.16" };
        var parts = text.Split('.');
        return (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static (string Key, XapiValue Value) Feature(string capability)
    {
        var parts = capability.Split('/');
        return (parts[0], parts.Length > 1 && long.TryParse(parts[1], out var level) ? level : 1);
    }

    private static bool IsNew(Schema old, string className, string field) => old.FindClass(className)?.Find(field) is null;
}
