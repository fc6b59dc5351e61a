using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Transfers;

/// <summary>What runs between pools and people, what waits for its turn, and what became of those before.</summary>
public sealed partial class TransfersPage
{
    private List<ViewedTransfer> _all = [];
    private List<ViewedTransfer> _running = [];
    private List<ViewedTransfer> _waiting = [];
    private List<ViewedTransfer> _ended = [];
    private bool _showedPaused;
    private string? _refusal;

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

    private Operation CancelTask => Catalogue.Find("task.cancel")!;

    private string Counted => string.Join(" · ", new[]
    {
        _running.Count > 0 ? $"{Format.Count(_running.Count)} running" : "", _waiting.Count > 0 ? $"{Format.Count(_waiting.Count)} waiting" : "",
    }.Where(part => part.Length > 0));

    protected override void OnParametersSet() => Read();

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder() => Read() || _running.Count > 0;

    /// <summary>Returns whether anything is other than before.</summary>
    private bool Read()
    {
        var (before, paused) = (_all, _showedPaused);
        (_all, _showedPaused) = ([.. Transfers.All], Transfers.IsPaused);
        _running = _all.FindAll(one => one.IsRunning);
        _waiting = [.. _all.Where(one => one.Record.IsWaiting).OrderBy(one => one.Position)];
        _ended = [.. _all.Where(one => one.Record.HasEnded).OrderByDescending(one => one.Record.Ended ?? one.Record.Asked)];
        return paused != _showedPaused || !_all.SequenceEqual(before);
    }

    private Task MoveAsync(ViewedTransfer one, QueueMove move) => DoAsync(() => Transfers.MoveAsync(Actions, one.Record.Number, move));

    private Task HoldAsync(ViewedTransfer one, bool isHeld) => DoAsync(() => Transfers.HoldAsync(Actions, one.Record.Number, isHeld));

    private async Task DoAsync(Func<Task<string?>> act)
    {
        _refusal = await act();
        Read();
    }

    private string? WhyNotCancel(PoolPicture pool, XapiTask task) => Scene.IsPast ? OperationBar.PastReason : Actions.Obstacle(CancelTask, pool, task);
}
