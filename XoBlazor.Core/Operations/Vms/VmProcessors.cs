using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>How many virtual processors a VM has, and their share of the host's.</summary>
internal static class VmProcessors
{
    private const int Most = 256;

    public static ImmutableArray<Edit<Vm>> Edits { get; } =
    [
        new(OperationParameter.Number("cpusMax", "Most vCPUs", 1, Most) with { IsAdvanced = true, Present = (_, vm) => ((Vm)vm).VcpusMax }, SetMostAsync, (_, vm, _) => VmEdits.NotWhileOn(vm)),
        new(OperationParameter.Number("CPUs", "vCPUs", 1, Most) with { Present = (_, vm) => ((Vm)vm).VcpusAtStartup }, SetCountAsync, CountObstacle),
        Edit<Vm>.Entry(OperationParameter.Number("coresPerSocket", "Cores per socket", 1, Most) with { IsClearable = true }, "platform", "cores-per-socket", vm => vm.Platform) with { Unless = TopologyObstacle },
        Edit<Vm>.Entry(OperationParameter.Number("cpuWeight", "CPU weight", 1, 65535) with { IsClearable = true, IsAdvanced = true, Description = "256 is usual; twice as much gets twice the time when the host is full." }, "VCPUs_params", "weight", vm => vm.VcpusParams),
        Edit<Vm>.Entry(OperationParameter.Number("cpuCap", "CPU cap", 0, Most * 100) with { IsClearable = true, IsAdvanced = true, Description = "In percent of one processor; 0 is no cap." }, "VCPUs_params", "cap", vm => vm.VcpusParams),
        new(OperationParameter.List("cpuMask", "Processors it may use", OperationParameter.Number("cpu", "Processor", 0, 4095)) with { IsAdvanced = true, IsClearable = true },
            (work, vm) => work.SetEntryAsync(vm, "VCPUs_params", "mask", work.Arguments.List<long>("cpuMask") is { Count: > 0 } mask ? string.Join(',', mask.Order().Distinct()) : null)),
    ];

    private static async Task SetMostAsync(OperationWork work, Vm vm)
    {
        var most = work.Arguments.Number("cpusMax")!.Value;
        if (most < vm.VcpusAtStartup)
            await work.CallAsync("VM.set_VCPUs_at_startup", vm.Ref, most);
        await work.CallAsync("VM.set_VCPUs_max", vm.Ref, most);
    }

    private static async Task SetCountAsync(OperationWork work, Vm vm)
    {
        var count = work.Arguments.Number("CPUs")!.Value;
        if (vm.PowerState == VmPowerState.Running)
        {
            await work.CallAsync("VM.set_VCPUs_number_live", vm.Ref, count);
            return;
        }

        if (count > (work.Arguments.Number("cpusMax") ?? vm.VcpusMax))
            await work.CallAsync("VM.set_VCPUs_max", vm.Ref, count);
        await work.CallAsync("VM.set_VCPUs_at_startup", vm.Ref, count);
    }

    private static string? CountObstacle(Store.PoolPicture pool, Vm vm, OperationArguments given)
    {
        var (name, count) = (ForeignText.Shown(vm.NameLabel), given.Number("CPUs"));
        return vm.PowerState switch
        {
            VmPowerState.Running when count > vm.VcpusMax => $"{name} can have at most {vm.VcpusMax.ToString(CultureInfo.InvariantCulture)} vCPUs while it runs; shut it down to give it more.",
            VmPowerState.Paused or VmPowerState.Suspended => $"The vCPUs of {name} can be changed while it runs or is shut down.",
            _ => count > given.Number("cpusMax") ? "There cannot be more vCPUs than the most that are allowed." : null,
        };
    }

    private static string? TopologyObstacle(Store.PoolPicture pool, Vm vm, OperationArguments given) =>
        given.Number("coresPerSocket") is { } cores && (given.Number("CPUs") ?? given.Number("cpusMax") ?? vm.VcpusMax) % cores != 0
            ? $"The vCPUs cannot be divided into sockets of {cores.ToString(CultureInfo.InvariantCulture)} cores." : null;
}
