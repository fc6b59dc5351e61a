using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>
/// A VM's memory: between a least and a most it can be moved while it runs; the static limits are the machine's and change only while it is off. XAPI wants
/// static min ≤ least ≤ most ≤ static max (xapi-behaviour.md §3.5), so whatever is given moves the others along, in one call.
/// </summary>
internal static class VmMemory
{
    private static readonly string[] s_names = ["memory", "memoryMin", "memoryMax", "memoryStaticMax"];

    public static ImmutableArray<Edit<Vm>> Edits { get; } =
    [
        new(OperationParameter.Size("memory", "Memory") with { Present = (_, vm) => ((Vm)vm).MemoryDynamicMax }, SetAsync("memory"), Obstacle),
        new(OperationParameter.Size("memoryMin", "Least memory") with { IsAdvanced = true, Present = (_, vm) => ((Vm)vm).MemoryDynamicMin }, SetAsync("memoryMin"), Obstacle),
        new(OperationParameter.Size("memoryMax", "Most memory") with { IsAdvanced = true, Present = (_, vm) => ((Vm)vm).MemoryDynamicMax }, SetAsync("memoryMax"), Obstacle),
        new(OperationParameter.Size("memoryStaticMax", "Memory limit of the machine") with { IsAdvanced = true, Present = (_, vm) => ((Vm)vm).MemoryStaticMax }, SetAsync("memoryStaticMax"), Obstacle),
    ];

    /// <summary>All that is given goes in one call, made for the first of them.</summary>
    private static Func<OperationWork, Vm, Task> SetAsync(string name) => (work, vm) =>
    {
        if (s_names.First(work.Arguments.Has) != name)
            return Task.CompletedTask;
        var (staticMin, min, max, staticMax) = Wanted(vm, work.Arguments);
        return vm.PowerState == VmPowerState.Halted
            ? work.CallAsync("VM.set_memory_limits", vm.Ref, staticMin, staticMax, min, max)
            : work.CallAsync("VM.set_memory_dynamic_range", vm.Ref, min, max);
    };

    private static string? Obstacle(PoolPicture pool, Vm vm, OperationArguments given)
    {
        var (_, min, max, staticMax) = Wanted(vm, given);
        var name = ForeignText.Shown(vm.NameLabel);
        if (min > max)
            return "The least memory cannot be more than the most.";
        if (max > staticMax)
            return $"There cannot be more memory than the limit of the machine, {SizeText.Write(staticMax)}.";
        if (vm.PowerState == VmPowerState.Halted)
            return null;
        return given.Has("memoryStaticMax") ? $"The memory limit of the machine can be changed only while {name} is shut down."
            : max > vm.MemoryStaticMax ? $"{name} can have at most {SizeText.Write(vm.MemoryStaticMax)} while it runs; shut it down to give it more."
            : min < vm.MemoryStaticMin ? $"{name} needs at least {SizeText.Write(vm.MemoryStaticMin)}."
            : vm.PowerState == VmPowerState.Running ? null : $"The memory of {name} can be changed while it runs or is shut down.";
    }

    private static (long StaticMin, long Min, long Max, long StaticMax) Wanted(Vm vm, OperationArguments given)
    {
        var (both, limit) = (given.Number("memory"), given.Number("memoryStaticMax"));
        var max = given.Number("memoryMax") ?? both ?? Math.Min(vm.MemoryDynamicMax, limit ?? long.MaxValue);
        var min = given.Number("memoryMin") ?? both ?? Math.Min(vm.MemoryDynamicMin, max);
        var staticMin = vm.PowerState == VmPowerState.Halted ? Math.Min(vm.MemoryStaticMin, min) : vm.MemoryStaticMin;
        return (staticMin, min, max, limit ?? Math.Max(vm.MemoryStaticMax, max));
    }
}
