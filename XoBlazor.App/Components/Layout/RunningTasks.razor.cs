using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Transfers;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Components.Layout;

/// <summary>What runs on the pools now, with the progress that the hosts report.</summary>
public sealed partial class RunningTasks
{
    private const int MostShown = 8;

    private List<(ScenePool Pool, XapiTask Task)> _tasks = [];
    private List<(OperationRun Run, TransferPace Pace)> _transfers = [];
    private bool _isOpen;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ViewedTransfers Transfers { get; set; } = default!;

    // Bytes pass without events.
    protected override bool FollowsTime => true;

    private string Label => _tasks.Count switch
    {
        0 => "No task is running",
        1 => "1 task is running",
        var count => $"{count} tasks are running",
    };

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    protected override void OnParametersSet()
    {
        _tasks = Read();
        _transfers = Moving();
    }

    protected override bool IsDifferent(Scene before)
    {
        if (before.ContentVersion(XapiClass.XapiTask) == Scene.ContentVersion(XapiClass.XapiTask))
            return false;
        var count = _tasks.Count;
        _tasks = Read();
        return _isOpen || count != _tasks.Count;
    }

    protected override bool IsOlder()
    {
        var count = _transfers.Count;
        _transfers = Moving();
        return _isOpen && (count > 0 || _transfers.Count > 0);
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnMoved;
        base.Dispose(disposing);
    }

    // Tasks of tasks tell no one anything: the one that a person started is shown.
    private List<(ScenePool, XapiTask)> Read() =>
        [.. Scene.All<XapiTask>().Where(t => t.Object is { Status: XapiTaskStatus.Pending or XapiTaskStatus.Cancelling, SubtaskOf.IsNull: true }).OrderByDescending(t => t.Object.Created)];

    private List<(OperationRun, TransferPace)> Moving() => [.. Transfers.All.Where(one => one is { IsRunning: true, Run.Transfer: not null }).Select(one => (one.Run!, one.Run!.Transfer!.Look(Now)))];

    private void Toggle() => _isOpen = !_isOpen;

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            _isOpen = false;
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        StateHasChanged();
    }
}
