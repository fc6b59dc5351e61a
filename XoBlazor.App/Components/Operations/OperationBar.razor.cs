using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Operations;

/// <summary>The actions of one object.</summary>
public sealed partial class OperationBar
{
    public const string PastReason = "You are looking at the past. Go back to now to act.";

    private bool _isOpen;

    [Parameter, EditorRequired]
    public PoolPicture Pool { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiObject Object { get; set; } = default!;

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    private List<Operation> All => [.. Catalogue.For(Object)];

    private List<Operation> Primary => Object is not Vm vm ? [.. All.Where(o => OperationLooks.IsPrimary(o))] : vm.Kind() != VmKind.Vm ? [] : vm.PowerState switch
    {
        VmPowerState.Running => [VmPowerOperations.CleanShutdown, VmPowerOperations.CleanReboot],
        VmPowerState.Halted => [VmPowerOperations.Start],
        VmPowerState.Suspended => [VmPowerOperations.Resume],
        VmPowerState.Paused => [VmPowerOperations.Unpause],
        VmPowerState.Unrecognised => [],
    };

    // A run's progress and end come with the pool's events; the second's beat catches what falls between.
    protected override bool FollowsTime => true;

    protected override bool IsDifferent(Scene before) => Actions.RunningOn(Pool.Key(Object)) is not null;

    protected override bool IsOlder() => Actions.RunningOn(Pool.Key(Object)) is not null;

    private string? Reason(Operation operation) => Scene.IsPast ? PastReason : Actions.Obstacle(operation, Pool, Object);

    private async Task StartAsync(Operation operation)
    {
        if (Reason(operation) is not null)
            return;
        _isOpen = false;
        await Actions.StartAsync(operation, [(Pool, Object)]);
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            _isOpen = false;
    }
}
