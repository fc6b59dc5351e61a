using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Transfers;

/// <summary>Asks where VMs are copied or moved to, says what will pass, and begins it. Closes with Ok once it was begun, or cancelled.</summary>
public sealed partial class CopyDialog
{
    private const int MostNamed = 20;

    private readonly string _id = $"copy-{Guid.NewGuid():N}";
    private CopyPlan _plan = default!;
    private string _typed = "";
    private string? _refusal;
    private bool _isBusy;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<(PoolPicture Pool, XapiObject Object)> Targets { get; set; } = [];

    /// <summary>They are to go, not to stay; the person can choose otherwise.</summary>
    [Parameter]
    public bool IsMove { get; set; }

    /// <summary>The uuid of the pool to begin with.</summary>
    [Parameter]
    public string? Pool { get; set; }

    /// <summary>The uuid of the storage to begin with.</summary>
    [Parameter]
    public string? Storage { get; set; }

    /// <summary>Begins it for each with what it is given; returns why it was refused, or null.</summary>
    [Parameter, EditorRequired]
    public Func<Operation, IReadOnlyList<(PoolPicture Pool, XapiObject Object, JsonObject Given)>, Task<string?>> Begin { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    private string Title => $"{(_plan.IsMove ? "Move" : "Copy")} {Them}";

    private string Them => Targets.Count == 1 ? Targets[0].Pool.NameOf(Targets[0].Object) : $"{Format.Count(Targets.Count)} {ObjectWords.Plural(XapiClass.Vm)}";

    /// <summary>Snapshots stay with their VM.</summary>
    private bool MayMove => Targets.Any(one => VmMoves.IsFor(one.Pool, one.Object));

    private static Operation VmMoves => VmCopyOperations.Move;

    private string Verb => $"{(_plan.IsMove ? "Move" : "Copy")}{(_plan.Able.Count > 1 ? $" {Format.Count(_plan.Able.Count)} {ObjectWords.Plural(XapiClass.Vm)}" : "")}";

    private string Expected => _plan.Able is [var (pool, vm)] ? pool.NameOf(vm) : Format.Count(_plan.Able.Count);

    private string? WhyNot => _plan.Problem ?? (_plan.IsMove && !ForeignText.IsMeant(_typed, Expected) ? $"Type {Expected} first" : null);

    protected override void OnInitialized() => _plan = new(View, Actions.Obstacle, Targets, IsMove && MayMove, Pool, Storage);

    private void SetMove(bool isMove) => Do(() => (_plan.IsMove, _typed) = (isMove, ""));

    private void Do(Action change)
    {
        change();
        _refusal = null;
    }

    private IEnumerable<string> Preview(List<(PoolPicture Pool, Vm Vm)> able)
    {
        var (count, size, used) = _plan.Disks();
        var where = _plan is { To: { } to, Sr: { } sr } ? $" to {to.NameOf(sr)} in {to.Name()}" : "";
        yield return $"{(able.Count == 1 ? able[0].Pool.NameOf(able[0].Vm) : $"{Format.Count(able.Count)} VMs")} with {(count == 1 ? "1 disk" : $"{Format.Count(count)} disks")}{where}: "
            + (used < size ? $"{Format.Bytes(used)} used of {Format.Bytes(size)}." : $"{Format.Bytes(size)}.");
        if (_plan.Sr is { } storage && SrFacts.UseOf(storage) is { Size: > 0 } use && use.Free < size)
            yield return $"Full, the disks would need {Format.Bytes(size)}; {Format.Bytes(use.Free)} are free there.";
        if (able.Count(one => CopyFacts.IsBySnapshot(one.Vm)) is > 0 and var running)
            yield return $"{(able.Count == 1 ? "It runs, and goes" : running == able.Count ? "They run, and go" : $"{Format.Count(running)} run, and go")} as of the moment of {(running == 1 ? "its" : "their")} turn; what changes after that is not in the copy.";
        if (able.Exists(one => one.Vm.PowerState == VmPowerState.Suspended))
            yield return "What is suspended takes its memory along.";
        if (_plan.IsBetweenPools)
            yield return "Every block's checksum is verified on the way, and nothing is kept. It waits on Transfers until both hosts have room.";
    }

    private static List<string> Losses(List<(PoolPicture Pool, Vm Vm)> able) => [.. able.SelectMany(one => VmMoves.Losses(one.Pool, one.Vm))];

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";

    private async Task SubmitAsync()
    {
        if (_isBusy || WhyNot is not null)
            return;
        _isBusy = true;
        try
        {
            _refusal = await Begin(_plan.Operation, [.. _plan.Able.Select(one => (one.Pool, (XapiObject)one.Vm, _plan.Given(one.Pool, one.Vm)))]);
            if (_refusal is null)
                Dialog.Close(DialogResult.Ok(true));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
