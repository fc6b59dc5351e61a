using System.Globalization;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Whether a running VM finds on another host the processor that it has seen since its start, as <c>VM.last_boot_CPU_flags</c> keeps it.</summary>
internal static class CpuCompatibility
{
    /// <summary>VM_INCOMPATIBLE_WITH_THIS_HOST when the host's processor is another make or lacks a feature; null when the VM can go there.</summary>
    public static XapiException? WhyNot(DbObject vm, DbObject host)
    {
        var (seen, offered) = (vm["last_boot_CPU_flags"].AsMap, host["cpu_info"].AsMap);
        if (Value(seen, "vendor") is { } vendor && Value(offered, "vendor") is { } other && vendor != other)
            return Refusal("VM last booted on a host which had a CPU from a different vendor.");
        var features = Value(offered, VmOperations.IsHvm(vm) ? "features_hvm_host" : "features_pv_host") ?? Value(offered, "features");
        return Value(seen, "features") is { } needed && features is not null && !IsSubset(Words(needed), Words(features))
            ? Refusal("VM last booted on a CPU with features this host's CPU does not have.") : null;

        XapiException Refusal(string reason) => new("VM_INCOMPATIBLE_WITH_THIS_HOST", vm.Ref, host.Ref, reason);
    }

    private static string? Value(MapValue map, string key) => map[key]?.AsText is { Length: > 0 } text ? text : null;

    private static uint[] Words(string features) =>
        [.. features.Split('-').Select(word => uint.TryParse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits) ? bits : 0)];

    /// <summary>What is not written counts as zeros.</summary>
    private static bool IsSubset(uint[] needed, uint[] offered) =>
        needed.Select((bits, index) => bits & ~offered.ElementAtOrDefault(index)).All(missing => missing == 0);
}
