using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>VMs, and what XAPI keeps in the same class: control domains, snapshots and templates.</summary>
internal static class VmShape
{
    public static void Write(XoShape shape, Vm vm)
    {
        var json = shape.Json;
        var type = XoTypes.OfVm(shape.Pool, vm);
        var isTemplate = type == "VM-template";
        json.WriteString("name_label"u8, vm.NameLabel);
        json.WriteString("name_description"u8, vm.NameDescription);
        shape.Word("power_state"u8, vm.PowerState);
        shape.Texts("tags"u8, vm.Tags);
        shape.Map("bios_strings"u8, vm.BiosStrings);
        shape.Link("affinityHost"u8, vm.Affinity);
        shape.Link("suspendSr"u8, vm.SuspendSr);
        shape.Link("parent"u8, vm.Parent);
        shape.TruthOf("auto_poweron"u8, vm.OtherConfig, "auto_poweron");
        json.WriteNumber("startDelay"u8, vm.StartDelay);
        json.WriteString("high_availability"u8, vm.HaRestartPriority);
        json.WriteBoolean("hasVendorDevice"u8, vm.HasVendorDevice);
        WriteBlocked(shape, vm);
        WriteOperations(shape, vm);
        shape.Links("snapshots"u8, vm.Snapshots);
        shape.Links("VIFs"u8, vm.Vifs);
        shape.Links("$VBDs"u8, vm.Vbds);
        shape.Links("VGPUs"u8, vm.Vgpus);
        shape.Links("$VGPUs"u8, vm.Vgpus);
        shape.Links("VTPMs"u8, vm.Vtpms);
        WritePcis(shape, vm);
        WriteProcessors(shape, vm);
        VmPlatform.Write(shape, vm);
        VmGuest.Write(shape, vm, isTemplate);
        VmPlace.Write(shape, vm);
        VmNotes.Write(shape, vm);
        shape.Map("other"u8, vm.OtherConfig);
        shape.Map("xenStoreData"u8, vm.XenstoreData);
        if (type == "VM")
            VmVulnerabilities.Write(shape, vm);
        if (type == "VM-snapshot")
        {
            shape.Time("snapshot_time"u8, vm.SnapshotTime);
            shape.Link("$snapshot_of"u8, vm.SnapshotOf);
            shape.Link("suspendVdi"u8, vm.SuspendVdi);
        }

        if (isTemplate)
            TemplateInfo.Write(shape, vm);
    }

    private static void WriteBlocked(XoShape shape, Vm vm)
    {
        shape.Json.WriteStartObject("blockedOperations"u8);
        foreach (var (operation, reason) in vm.BlockedOperations.Entries)
            shape.Json.WriteString(EnumText<VmOperation>.Wire(operation), reason);
        shape.Json.WriteEndObject();
    }

    /// <summary>By the id of the task that runs each; what no task that shows stands for is left out.</summary>
    private static void WriteOperations(XoShape shape, Vm vm)
    {
        shape.Json.WriteStartObject("current_operations"u8);
        foreach (var (reference, operation) in vm.CurrentOperations.Entries)
            if (shape.Pool.Get(reference) is XapiTask task)
                shape.Json.WriteString(XoIds.Of(shape.Pool, task), EnumText<VmOperation>.Wire(operation));
        shape.Json.WriteEndObject();
    }

    /// <summary>Devices given to the VM: <c>0/0000:04:00.0,0/0000:05:00.0</c>.</summary>
    private static void WritePcis(XoShape shape, Vm vm)
    {
        if (!vm.OtherConfig.TryGetValue("pci", out var devices))
            return;
        shape.Json.WriteStartArray("attachedPcis"u8);
        foreach (var device in devices.Split(','))
            shape.Json.WriteStringValue(device[(device.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        shape.Json.WriteEndArray();
    }

    private static void WriteProcessors(XoShape shape, Vm vm)
    {
        WriteShare("cpuCap"u8, "cap");
        WriteShare("cpuWeight"u8, "weight");
        if (vm.VcpusParams.TryGetValue("mask", out var mask))
        {
            shape.Json.WriteStartArray("cpuMask"u8);
            foreach (var cpu in mask.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                if (int.TryParse(cpu, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    shape.Json.WriteNumberValue(number);
            shape.Json.WriteEndArray();
        }

        void WriteShare(ReadOnlySpan<byte> name, string key)
        {
            if (vm.VcpusParams.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var share))
                shape.Json.WriteNumber(name, share);
        }
    }
}
