using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>What is known from within a VM, by its guest tools and by the host that runs it. The guest's word is passed on as it is.</summary>
internal static class VmGuest
{
    public static void Write(XoShape shape, Vm vm, bool isTemplate)
    {
        var json = shape.Json;
        var guest = shape.Read(
            vm.GuestMetrics, VmGuestMetricsFields.Networks, VmGuestMetricsFields.OsVersion, VmGuestMetricsFields.PvDriversVersion, VmGuestMetricsFields.PvDriversUpToDate,
            VmGuestMetricsFields.PvDriversDetected, VmGuestMetricsFields.Other, VmGuestMetricsFields.Memory);
        var metrics = shape.Read(
            vm.Metrics, VmMetricsFields.VcpusNumber, VmMetricsFields.MemoryActual, VmMetricsFields.StartTime, VmMetricsFields.InstallTime);
        VmAddresses.Write(json, guest?.Networks ?? XenMap<string, string>.Empty);
        if (guest is null)
            json.WriteNull("os_version"u8);
        else
            shape.Map("os_version"u8, guest.OsVersion);
        shape.Time("installTime"u8, metrics?.InstallTime);
        shape.Time("startTime"u8, metrics?.StartTime);

        var isRunning = vm.PowerState == VmPowerState.Running;
        var hasTools = isRunning && metrics is not null && WriteTools(shape, guest);
        json.WriteStartObject("CPUs"u8);
        json.WriteNumber("max"u8, vm.VcpusMax);
        json.WriteNumber("number"u8, !isTemplate && hasTools ? metrics!.VcpusNumber : vm.VcpusAtStartup);
        json.WriteEndObject();
        WriteMemory(shape, vm, isRunning, guest, metrics);
    }

    /// <summary>Whether the tools told their version.</summary>
    private static bool WriteTools(XoShape shape, VmGuestMetrics? guest)
    {
        var json = shape.Json;
        if (guest is null)
        {
            json.WriteBoolean("xenTools"u8, false);
            return false;
        }

        var version = guest.PvDriversVersion;
        var hasVersion = version.TryGetValue("major", out var major) & version.TryGetValue("minor", out var minor);
        json.WriteBoolean("managementAgentDetected"u8, hasVersion || (guest.Other.TryGetValue("feature-static-ip-setting", out var feature) && feature == "1"));
        json.WriteBoolean("pvDriversDetected"u8, guest.PvDriversDetected);
        if (!hasVersion)
        {
            json.WriteBoolean("xenTools"u8, false);
            return false;
        }

        if (version.TryGetValue("micro", out var micro))
            json.WriteString("pvDriversVersion"u8, $"{major}.{minor}.{micro}{(version.TryGetValue("build", out var build) ? "-" + build : "")}");
        json.WriteBoolean("pvDriversUpToDate"u8, guest.PvDriversUpToDate);
        json.WriteStartObject("xenTools"u8);
        WriteNumber("major"u8, major!);
        WriteNumber("minor"u8, minor!);
        WriteNumber("version"u8, $"{major}.{minor}");
        json.WriteEndObject();
        return true;

        void WriteNumber(ReadOnlySpan<byte> name, string text)
        {
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                json.WriteNumber(name, number);
            else
                json.WriteNull(name);
        }
    }

    private static void WriteMemory(XoShape shape, Vm vm, bool isRunning, VmGuestMetrics? guest, VmMetrics? metrics)
    {
        var json = shape.Json;
        json.WriteStartObject("memory"u8);
        WriteRange("dynamic"u8, vm.MemoryDynamicMin, vm.MemoryDynamicMax);
        WriteRange("static"u8, vm.MemoryStaticMin, vm.MemoryStaticMax);
        var (size, usage) = (isRunning && metrics is not null ? metrics.MemoryActual : vm.MemoryDynamicMax, (long?)null);
        if (isRunning && guest is not null && Number("used") is { } used && Number("total") is { } total)
            (size, usage) = (total, used);
        json.WriteNumber("size"u8, size);
        if (usage is { } number)
            json.WriteNumber("usage"u8, number);
        json.WriteEndObject();

        long? Number(string key) =>
            guest.Memory.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

        void WriteRange(ReadOnlySpan<byte> name, long least, long most)
        {
            json.WriteStartArray(name);
            json.WriteNumberValue(least);
            json.WriteNumberValue(most);
            json.WriteEndArray();
        }
    }
}
