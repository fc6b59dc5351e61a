using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>
/// A verb that an administrator may block on a VM (<c>VM.blocked_operations</c>), and that can be done nevertheless by who may change the VM: the block is lifted
/// for the while and put back.
/// </summary>
internal sealed class BlockableOperation : Operation
{
    private const string ForceName = "force";

    private readonly VmOperation _wanted;
    private readonly Func<OperationWork, Vm, Task> _run;

    /// <param name="wanted">What XAPI calls it.</param>
    public BlockableOperation(string name, Right right, VmOperation wanted, Func<OperationWork, Vm, Task> run) : base(name, right, XapiClass.Vm)
    {
        (_wanted, _run) = (wanted, run);
        Parameters = [Force];
    }

    /// <summary>To stand among the parameters of every one of these.</summary>
    public static OperationParameter Force { get; } = OperationParameter.Flag(ForceName, "Although it is blocked") with
    {
        IsOverride = true,
        Description = "Lifts the administrator's block for this once; needs the right to change its advanced settings.",
    };

    /// <summary>See <see cref="OperationOn{T}.For"/>.</summary>
    public Func<Vm, bool> For { get; init; } = VmKinds.IsVm;

    /// <summary>See <see cref="OperationOn{T}.UnlessWith"/>.</summary>
    public Func<PoolPicture, Vm, OperationArguments, string?>? UnlessWith { get; init; }

    /// <summary>See <see cref="OperationOn{T}.Loses"/>.</summary>
    public Func<PoolPicture, Vm, IEnumerable<string>>? Loses { get; init; }

    public override bool IsFor(XapiObject target) => target is Vm vm && For(vm);

    public override string? Obstacle(PoolPicture pool, XapiObject target) => VmObstacles.BesidesBlock(_wanted, (Vm)target);

    public override string? Obstacle(PoolPicture pool, XapiObject target, OperationArguments arguments) =>
        (arguments.Flag(ForceName) == true ? null : VmObstacles.Block(_wanted, (Vm)target)) ?? UnlessWith?.Invoke(pool, (Vm)target, arguments);

    public override IEnumerable<string> Losses(PoolPicture pool, XapiObject target) => Loses?.Invoke(pool, (Vm)target) ?? [];

    internal override IEnumerable<FurtherRight> AlsoNeeds(PoolPicture pool, XapiObject target, OperationArguments arguments) =>
        arguments.Flag(ForceName) == true && VmObstacles.Block(_wanted, (Vm)target) is not null ? [new(VmRights.EditAdvanced, target)] : [];

    internal override async Task RunAsync(OperationWork work)
    {
        var vm = (Vm)work.Target;
        if (!vm.BlockedOperations.TryGetValue(_wanted, out var reason))
        {
            await _run(work, vm);
            return;
        }

        var name = EnumText<VmOperation>.Wire(_wanted);
        await work.CallAsync("VM.remove_from_blocked_operations", vm.Ref, name);
        work.Undo("the block, lifted", PutBackAsync);
        await _run(work, vm);
        await PutBackAsync();

        // When the VM was deleted, its blocks went with it.
        Task PutBackAsync() => work.CallAsync("VM.add_to_blocked_operations", vm.Ref, name, reason).IfThereAsync();
    }
}
