using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Transfers;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Operations;

/// <summary>Shows the circuit's <see cref="Actions"/> beside any page.</summary>
public sealed partial class ActionNotices
{
    private const int Most = 5;
    private static readonly TimeSpan s_goodStays = TimeSpan.FromSeconds(6);

    private readonly Dictionary<ActionNotice, DateTimeOffset> _goodSince = [];
    private (int Count, int Ended, int Waiting, double Progress) _shown;

    [Inject]
    private Actions Actions { get; set; } = default!;

    protected override bool FollowsTime => true;

    private string Summary => Actions.Notices.Count(n => !n.IsEnded) is > 0 and var going ? $"{Format.Count(going)} going on" : "All ended";

    protected override bool IsDifferent(Scene before) => HasNews();

    protected override bool IsOlder() => HasNews();

    private bool HasNews()
    {
        foreach (var notice in Actions.Notices)
            if (notice.IsGood && _goodSince.TryAdd(notice, Now) is false && Now - _goodSince[notice] > s_goodStays)
            {
                Actions.PutAway(notice);
                _goodSince.Remove(notice);
            }

        var now = (Actions.Notices.Count, Actions.Notices.Count(n => n.IsEnded), Actions.Notices.Count(n => n.IsWaiting), Actions.Notices.Sum(n => n.Run is { Result: null } run ? run.Progress + (run.Transfer?.Bytes ?? 0) : 0));
        var isNew = now != _shown;
        _shown = now;
        return isNew;
    }

    private static string WordOf(ActionNotice notice) => notice.Run switch
    {
        null => $"{notice.Operation.Title}: not possible",
        { Result: null, IsWaiting: true } run => $"{run.Operation.Title}: waits for its turn",
        { Result: null } run => run.Operation.Progressive,
        { Result.End: OperationEnd.Succeeded } run => $"{run.Operation.Title}: done",
        { Result.End: OperationEnd.Failed } run => $"{run.Operation.Title}: failed",
        { Result.End: OperationEnd.Cancelled } run => $"{run.Operation.Title}: cancelled",
        { Result.End: OperationEnd.Unknown } run => $"{run.Operation.Title}: end unknown",
    };

    /// <summary>What came of it, for people to go to.</summary>
    private (PoolPicture Pool, XapiObject Object)? MadeBy(ActionNotice notice) =>
        notice.Run?.Result?.Made is { } key && Scene.Pool(key.Pool)?.Picture is { } pool && pool.GetByUuid(key.Uuid) is { } made && ObjectUrl.Of(key.Pool, made) is not null ? (pool, made) : null;

    /// <summary>How far it is: by the bytes where there are any, else by what the host says.</summary>
    private static (double? Share, string Words) HowFar(OperationRun run, DateTimeOffset now) => run.Transfer?.Look(now) is { } pace
        ? (pace.Share ?? (run.Progress > 0 ? run.Progress : null), TransferText.Of(pace)) : (run.Progress > 0 ? run.Progress : null, "");

    private static string? Problem(ActionNotice notice) => notice.Refusal ?? (notice.IsGood ? null : notice.Run?.Result?.Message);

    private static string IconOf(ActionNotice notice) => notice.IsWaiting ? "clock" : !notice.IsEnded ? "busy" : notice.IsGood ? "done" : notice.Run?.Result?.End == OperationEnd.Succeeded ? "warning" : notice.Run?.Result?.End == OperationEnd.Cancelled ? "cancelled" : "failed";

    private static string ToneOf(ActionNotice notice) => notice.IsWaiting ? "tone-idle" : !notice.IsEnded ? "tone-busy" : notice.IsGood ? "tone-good" : notice.Run?.Result?.End == OperationEnd.Succeeded ? "tone-busy" : "tone-bad";
}
