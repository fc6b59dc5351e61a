using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Plugins;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Operations;

/// <summary>The actions of one object.</summary>
public sealed partial class OperationBar
{
    public const string PastReason = "You are looking at the past. Go back to now to act.";

    private bool _isOpen;
    private bool _showedRun;
    private ImmutableArray<Operation> _known;
    private (double X, double Y) _at;

    [Parameter, EditorRequired]
    public PoolPicture Pool { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiObject Object { get; set; } = default!;

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private PluginActions PluginActions { get; set; } = default!;

    /// <summary>In a row: the menu alone.</summary>
    [Parameter]
    public bool IsCompact { get; set; }

    /// <summary>It stands beside the console itself, to which nothing needs to lead.</summary>
    [Parameter]
    public bool IsAtConsole { get; set; }

    private string? ConsoleUrl => IsAtConsole || Scene.IsPast ? null : Actions.ConsoleOf(Pool, Object);

    private string MenuTitle => IsCompact ? $"Actions of {Pool.NameOf(Object)}" : "More actions";

    private List<Operation> Shown => IsCompact ? [] : Primary;

    private List<Operation> All => [.. Catalogue.For(Pool, Object).Where(operation => !OperationLooks.IsElsewhere(operation))];

    /// <summary>What plugins have put into the menu.</summary>
    private IEnumerable<(PluginContribution Shown, string? Reason)> Plugged => PluginActions.On(Pool, Object, Scene.IsPast);

    private List<Operation> Primary => Object is not Vm vm || vm.Kind() != VmKind.Vm ? [.. All.Where(OperationLooks.IsPrimary)] : vm.PowerState switch
    {
        VmPowerState.Running => [VmPowerOperations.CleanShutdown, VmPowerOperations.CleanReboot],
        VmPowerState.Halted => [VmPowerOperations.Start],
        VmPowerState.Suspended => [VmPowerOperations.Resume],
        VmPowerState.Paused => [VmPowerOperations.Unpause],
        VmPowerState.Unrecognised => [],
    };

    protected override void OnParametersSet() => _known = Catalogue.All;

    // A run's progress and end come with the pool's events; the second's beat catches what falls between.
    protected override bool FollowsTime => true;

    protected override bool IsDifferent(Scene before) => HasNews();

    protected override bool IsOlder() => HasNews();

    // Once more after the end, to take its progress away.
    private bool HasNews()
    {
        var (before, now) = (_showedRun, Actions.RunningOn(Pool.Key(Object)) is not null);
        // Plugins come and go.
        var areOthers = _known != Catalogue.All;
        (_showedRun, _known) = (now, Catalogue.All);
        return before || now || areOthers;
    }

    /// <summary>What is not shown as a button: why it cannot be done, and whether a group begins with it.</summary>
    private IEnumerable<(Operation Operation, string? Reason, bool IsFirst)> InMenu(IEnumerable<Operation> hidden)
    {
        OperationGroup? before = null;
        // What is possible comes first in its group.
        foreach (var (operation, reason) in hidden.Select(one => (Operation: one, Reason: Reason(one))).OrderBy(one => one.Operation.Group).ThenBy(one => one.Reason is not null))
        {
            yield return (operation, reason, before is not null && before != operation.Group);
            before = operation.Group;
        }
    }

    private string? Reason(Operation operation) => Scene.IsPast ? PastReason : Actions.Obstacle(operation, Pool, Object);

    private async Task StartAsync(Operation operation)
    {
        if (Reason(operation) is not null)
            return;
        _isOpen = false;
        await Actions.StartAsync(operation, [(Pool, Object)]);
    }

    private void Choose(PluginContribution action, string? reason)
    {
        if (reason is not null)
            return;
        _isOpen = false;
        PluginActions.Choose(action, Pool, Object);
    }

    private void Toggle(MouseEventArgs click) => (_isOpen, _at) = (!_isOpen, (click.ClientX, click.ClientY));

    /// <summary>In a row the menu stands where the pointer was: what holds the row would cut it off.</summary>
    private string? Place => IsCompact ? string.Create(CultureInfo.InvariantCulture, $"--x: {_at.X:0}px; --y: {_at.Y:0}px") : null;

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            _isOpen = false;
    }
}
