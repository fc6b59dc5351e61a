using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Transfers;

/// <summary>What is being exported and imported, by whom and how fast.</summary>
public sealed partial class TransfersPage
{
    private List<ViewedTransfer> _all = [];

    [Inject]
    private ViewedTransfers Transfers { get; set; } = default!;

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    // Bytes pass without events.
    protected override bool FollowsTime => true;

    private Operation Cancel => Catalogue.Find("task.cancel")!;

    private string Counted => _all.Count(one => one.Run.Result is null) is > 0 and var running ? $"{Format.Count(running)} running" : "";

    protected override void OnParametersSet() => _all = Read();

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var before = _all;
        _all = Read();
        return _all.Exists(one => one.Run.Result is null) || !_all.SequenceEqual(before);
    }

    private List<ViewedTransfer> Read() => [.. Transfers.All.OrderBy(one => one.Run.Result is not null)];

    private string? WhyNotCancel(PoolPicture pool, XapiTask task) => Scene.IsPast ? OperationBar.PastReason : Actions.Obstacle(Cancel, pool, task);

    private static Look State(OperationRun run) => run.Result is not { } result ? new("pending", "Running", Tone.Busy) : result.End switch
    {
        OperationEnd.Succeeded => new("done", "Done", Tone.Good),
        OperationEnd.Failed => new("failed", "Failed", Tone.Bad),
        OperationEnd.Cancelled => new("cancelled", "Cancelled", Tone.Idle),
        OperationEnd.Unknown => new("unknown", "End unknown", Tone.Idle),
    };
}
