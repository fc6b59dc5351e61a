using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Turns a copy of a template into a VM and makes the disks that the template asks for.</summary>
internal static class Provisioning
{
    private const string DisksKey = "disks";

    public static async Task RunAsync(CallContext call)
    {
        var vm = call.Object("vm");
        using (await OperationMark.BeginAsync(call, vm, "provision"))
        {
            using var hostMark = OperationMark.Put(Home(call, vm), "provision", call.TaskRef);
            foreach (var disk in Wanted(vm))
                await MakeAsync(call, vm, disk);
            vm.RemoveFromMap("other_config", DisksKey);
            LeaveTemplates(call.Pool, vm);
        }
    }

    /// <summary>A template becomes a VM; its installation time is now.</summary>
    public static void LeaveTemplates(PoolSimulator pool, DbObject vm)
    {
        vm["is_a_template"] = false;
        if (VmDomain.Metrics(vm) is { } metrics) metrics["install_time"] = pool.Now;
    }

    /// <summary>A host that sees the storage the VM needs; any, when it needs none.</summary>
    private static DbObject Home(CallContext call, DbObject vm) => Placement.PossibleHosts(vm) is { Count: > 0 } possible
        ? possible.OrderByDescending(Placement.FreeMemory).ThenBy(host => host.Ref, StringComparer.Ordinal).First()
        : call.Db.Coordinator;

    private static IReadOnlyList<XElement> Wanted(DbObject vm)
    {
        if (vm["other_config"].AsMap[DisksKey]?.AsText is not { Length: > 0 } text) return [];
        try
        {
            return [.. XElement.Parse(text).Elements("disk")];
        }
        catch (XmlException)
        {
            throw XapiException.Internal($"Failure(\"other_config:disks of {vm.Ref} is not XML\")");
        }
    }

    private static async Task MakeAsync(CallContext call, DbObject vm, XElement wanted)
    {
        var name = wanted.Attribute("sr")?.Value ?? "";
        var sr = call.Db.All("SR").Where(candidate => candidate.Uuid == name).FirstOrDefault()
            ?? call.Db.Pool.Follow("default_SR", "SR")
            ?? throw new XapiException("DEFAULT_SR_NOT_FOUND", XapiValue.NullRef.Text);
        _ = long.TryParse(wanted.Attribute("size")?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size);
        using var mark = await OperationMark.BeginAsync(call, sr, "vdi_create");
        await Effort.SpendAsync(call, Effort.DiskCreate);
        var vdi = Disks.Introduce(call.Db, sr,
        [
            ("name_label", vm.Text("name_label")), ("name_description", "Created by template provisioner"),
            ("type", wanted.Attribute("type")?.Value ?? "user"),
            ("virtual_size", Disks.Round(size)), ("physical_utilisation", Disks.Round(size) / 10),
        ]);
        var vbd = call.Db.Create("VBD",
            ("VM", vm.Ref), ("VDI", vdi.Ref), ("userdevice", wanted.Attribute("device")?.Value ?? "0"),
            ("bootable", wanted.Attribute("bootable")?.Value == "true"),
            ("mode", "RW"), ("type", "Disk"), ("unpluggable", true), ("other_config", XapiValue.MapOf(("owner", ""))),
            ("metrics", DeviceMetrics.Create(call.Db, "VBD_metrics")));
        AllowedOperations.Update(vbd);
    }
}
