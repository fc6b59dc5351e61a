using System.Globalization;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Virtual drives: made, plugged, filled and emptied (xapi-behaviour.md §5).</summary>
internal static class VbdCalls
{
    private const int Positions = 255;

    private static readonly string[] s_diskTypes = ["system", "user", "ephemeral", "suspend", "crashdump", "metadata", "rrd", "pvs_cache"];

    public static void Register(CallRegistry calls)
    {
        calls.Register("VBD.create", Create);
        calls.Register("VBD.destroy", Destroy);
        calls.RegisterAsync("VBD.plug", (Func<CallContext, Task>)PlugAsync);
        calls.RegisterAsync("VBD.unplug", (Func<CallContext, Task>)(call => UnplugAsync(call, "unplug")));
        calls.RegisterAsync("VBD.unplug_force", (Func<CallContext, Task>)(call => UnplugAsync(call, "unplug_force")));
        calls.RegisterAsync("VBD.insert", (Func<CallContext, Task>)InsertAsync);
        calls.RegisterAsync("VBD.eject", (Func<CallContext, Task>)EjectAsync);
        calls.Register("VBD.set_mode", SetMode);
        calls.Register("VBD.assert_attachable", call => AllowedOperations.Assert(call.Object("self"), "attach"));
    }

    private static XapiValue Create(CallContext call)
    {
        var wanted = call.Map("args");
        var db = call.Db;
        return db.Update(() =>
        {
            var vm = db.Get("VM", Given(wanted, "VM"));
            var (type, isEmpty) = (Given(wanted, "type"), wanted["empty"]!.AsBool);
            var vdi = isEmpty ? (DbObject?)null : db.Get("VDI", Given(wanted, "VDI"));
            if (vdi is { } disk && !s_diskTypes.Contains(disk.Text("type")))
                throw new XapiException("VDI_INCOMPATIBLE_TYPE", disk.Ref, disk.Text("type"));
            if (type == "CD" && Given(wanted, "mode") != "RO") throw new XapiException("VBD_CDS_MUST_BE_READONLY");
            if (type != "CD" && isEmpty) throw new XapiException("VBD_NOT_REMOVABLE_MEDIA", "in constructor");
            if (vdi is { } target && Given(wanted, "mode") == "RW" && target.Bool("read_only")) throw new XapiException("VDI_READONLY", target.Ref);
            if (AllowedOperations.Running(vm).Any(operation => operation is "pool_migrate" or "migrate_send")) throw AllowedOperations.InProgress(vm);
            var position = Position(vm, Given(wanted, "userdevice"));
            var isSuspended = vm.Text("power_state") == "Suspended";
            var vbd = db.Create("VBD",
            [
                .. wanted.Entries.Select(entry => (entry.Key, entry.Value)),
                ("userdevice", position), ("VDI", vdi is { } found ? found.Ref : XapiValue.NullRef),
                ("metrics", DeviceMetrics.Create(db, "VBD_metrics")),
                ("allowed_operations", XapiValue.EmptySet), ("current_operations", XapiValue.EmptyMap),
                ("device", isSuspended ? wanted["device"] ?? "" : ""),
                ("currently_attached", isSuspended && wanted["currently_attached"] is BoolValue { Flag: true }),
            ]);
            AllowedOperations.Update(vbd);
            if (vdi is { } used) AllowedOperations.Update(used);
            return (XapiValue)vbd.Ref;
        });
    }

    private static void Destroy(CallContext call)
    {
        var vbd = call.Object("self");
        if (vbd.Bool("currently_attached") || vbd.Bool("reserved"))
            throw new XapiException("OPERATION_NOT_ALLOWED", $"VBD '{vbd.Uuid}' still attached to '{vbd.Follow("VM", "VM")?.Uuid}'");
        var vdi = vbd.Follow("VDI", "VDI");
        DeviceMetrics.DestroyWith(vbd);
        if (vdi is { } disk) AllowedOperations.Update(disk);
    }

    private static async Task PlugAsync(CallContext call)
    {
        var vbd = call.Object("self");
        if (vbd.Text("mode") == "RO" && vbd.Text("type") == "Disk" && vbd.Follow("VM", "VM") is { } vm && VmOperations.IsHvm(vm))
            throw new XapiException("DISK_VBD_MUST_BE_READWRITE_FOR_HVM", vbd.Ref);
        using (await OperationMark.BeginAsync(call, vbd, "plug"))
        {
            vbd["currently_attached"] = true;
            UpdateDisk(vbd);
            await call.WorkAsync(Effort.Plug);
            vbd["device"] = VmDomain.DeviceName(vbd);
        }

        UpdateDisk(vbd);
    }

    private static async Task UnplugAsync(CallContext call, string operation)
    {
        var vbd = call.Object(call.Call.Parameters[0].Name);
        using (await OperationMark.BeginAsync(call, vbd, operation))
        {
            await call.WorkAsync(Effort.Plug);
            vbd["currently_attached"] = false;
        }

        UpdateDisk(vbd);
    }

    private static async Task InsertAsync(CallContext call)
    {
        var (vbd, vdi) = (call.Object("vbd"), call.Object("vdi"));
        using (await OperationMark.BeginAsync(call, vbd, "insert"))
        {
            vbd["VDI"] = vdi.Ref;
            vbd["empty"] = false;
        }

        AllowedOperations.Update(vdi);
    }

    private static async Task EjectAsync(CallContext call)
    {
        var vbd = call.Object("vbd");
        var disc = vbd.Follow("VDI", "VDI");
        using (await OperationMark.BeginAsync(call, vbd, "eject"))
        {
            vbd["empty"] = true;
            vbd["VDI"] = XapiValue.NullRef;
        }

        if (disc is { } vdi) AllowedOperations.Update(vdi);
    }

    private static void SetMode(CallContext call)
    {
        var vbd = call.Object("self");
        if (vbd.Follow("VM", "VM") is { } vm && vm.Text("power_state") is var state && state != "Halted")
            throw new XapiException("VM_BAD_POWER_STATE", vm.Ref, "halted", state.ToLowerInvariant());
        vbd["mode"] = call.Text("value");
        AllowedOperations.Update(vbd);
    }

    private static string Position(DbObject vm, string wanted)
    {
        if (wanted is "autodetect" or "") return FreePositions(vm).First();
        if (Number(wanted) is not { } number) throw new XapiException("INVALID_DEVICE", wanted);
        return vm.FollowAll("VBDs", "VBD").Any(vbd => Number(vbd.Text("userdevice")) == number) ? throw new XapiException("DEVICE_ALREADY_EXISTS", wanted) : wanted;
    }

    private static IEnumerable<string> FreePositions(DbObject vm)
    {
        var used = vm.FollowAll("VBDs", "VBD").Select(vbd => Number(vbd.Text("userdevice"))).ToHashSet();
        return Enumerable.Range(0, Positions).Where(number => !used.Contains(number)).Select(number => number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A position is a number, or a name that stands for one: hda, xvdb, sdc.</summary>
    private static int? Number(string position)
    {
        if (int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number < Positions ? number : null;
        var prefix = new[] { "xvd", "hd", "sd" }.FirstOrDefault(known => position.StartsWith(known, StringComparison.Ordinal));
        var letter = prefix is null ? "" : position[prefix.Length..];
        return letter.Length == 1 && letter[0] is >= 'a' and <= 'z' ? letter[0] - 'a' : null;
    }

    private static void UpdateDisk(DbObject vbd)
    {
        if (vbd.Follow("VDI", "VDI") is { } vdi) AllowedOperations.Update(vdi);
    }

    private static string Given(MapValue wanted, string field) => wanted[field]?.AsText ?? "";
}
