using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>Graphics processors of VMs, whole ones or a part of one.</summary>
public static class GpuOperations
{
    /// <summary>The only place a VM has for one, where nothing else is asked for.</summary>
    private const string FirstPlace = "0";

    private static readonly Right s_use = new("gpu.use", "Give GPUs to VMs", RightLevel.Manage);

    internal static ImmutableArray<OperationParameter> Parameters { get; } =
    [
        OperationParameter.Object<GpuGroup>("gpuGroup", "GPU group", s_use),
        OperationParameter.Object<VgpuType>("vgpuType", "Kind of virtual GPU", s_use) with { Description = "Left empty, a whole GPU is passed through." },
    ];

    public static Operation Create { get; } = new OperationOn<Vm>("vm.create_vgpu", VmRights.EditDevices, async (work, vm) => work.Made(await MakeAsync(work, vm)))
    {
        For = VmKinds.IsVmOrTemplate,
        Title = "New GPU",
        Progressive = "Making a GPU",
        Description = "Gives the VM a GPU of a group, or a part of one.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vgpu,
        Unless = (_, vm) => VmEdits.NotWhileOn(vm),
        UnlessWith = (pool, _, given) => Problem(pool, given),
        Parameters = [.. Parameters.Select(parameter => parameter with { IsRequired = parameter.Name == "gpuGroup" })],
    };

    public static Operation Delete { get; } = new OperationOn<Vgpu>("vgpu.destroy", VmRights.EditDevices, (work, gpu) => work.RunAsync("VGPU.destroy", gpu.Ref))
    {
        Title = "Delete",
        Progressive = "Deleting the GPU",
        Description = "Takes the GPU off its VM.",
        Confirmation = Confirmation.Ask,
        Consequence = "The guest has no GPU any more when it starts next.",
        Group = OperationGroup.Delete,
        Unless = (pool, gpu) => VmEdits.NotWhileOn(pool, gpu.Vm),
    };

    public static ImmutableArray<Operation> All { get; } = [Create, Delete];

    /// <summary>Why what was given does not go together.</summary>
    internal static string? Problem(PoolPicture pool, OperationArguments given) => (given.Object<GpuGroup>("gpuGroup"), given.Object<VgpuType>("vgpuType")) switch
    {
        (null, not null) => "A kind of virtual GPU needs the group that it is taken from.",
        ({ } group, { } type) when !group.EnabledVgpuTypes.Contains(new(type.Ref)) => $"{pool.NameOf(group)} has no GPU on which this kind of virtual GPU is enabled.",
        _ => null,
    };

    internal static Task<XenRef<Vgpu>> MakeAsync(OperationWork work, Vm vm) => work.RunAsync<Vgpu>(
        "VGPU.create", vm.Ref, work.Arguments.Object<GpuGroup>("gpuGroup")!.Ref, FirstPlace, new Dictionary<string, string>(), work.Arguments.Object<VgpuType>("vgpuType")?.Ref ?? XenRefText.Null);
}
