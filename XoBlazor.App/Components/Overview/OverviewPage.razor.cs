using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Overview;

/// <summary>What needs someone, how much is given out, and what happened last.</summary>
public sealed partial class OverviewPage
{
    private const int MostNeeds = 30;

    private long _read = -1;
    private long _runs = -1;
    private PoolCapacity _total = new();
    private List<(ScenePool Pool, PoolSummary Summary)> _pools = [];

    [Inject]
    private IMissingUpdates Missing { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private RollingRuns Runs { get; set; } = default!;

    // Sums over whole pools: once a second is as live as anyone can read them.
    protected override bool FollowsTime => true;

    private List<Need> Needs { get; set; } = [];

    protected override void OnParametersSet() => Read();

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        if (Scene.Version == _read && Runs.Version == _runs && Scene.Pools.Where(p => p.Picture is not null).Select(Updates).OfType<Need>().SequenceEqual(Needs.Where(need => need.Key.StartsWith("updates ", StringComparison.Ordinal))))
            return false;
        var (needs, total, pools) = (Needs, _total, _pools);
        Read();
        return !needs.SequenceEqual(Needs) || total != _total || !pools.Select(p => (p.Pool.Name, p.Pool.IsConnected, p.Summary.Capacity))
            .SequenceEqual(_pools.Select(p => (p.Pool.Name, p.Pool.IsConnected, p.Summary.Capacity)));
    }

    /// <summary>Of how much; nothing for somebody who sees VMs and not what they run on.</summary>
    private string Of(string word, long all, Func<long, string> text) => all > 0 || View.SeesEverything ? $" {word} {text(all)}" : "";

    private static double? Share(long part, long whole) => whole > 0 ? (double)part / whole : null;

    private void Read()
    {
        (_read, _runs) = (Scene.Version, Runs.Version);
        _pools = [.. Scene.Pools.Where(p => p.Picture is not null).Select(p => (p, PoolSummary.Of(p.Picture!)))];
        _total = _pools.Aggregate(new PoolCapacity(), (sum, pool) => sum + pool.Summary.Capacity);
        Needs =
        [
            .. Scene.Pools.Where(p => !p.IsConnected && !Scene.IsPast).Select(Silent),
            .. Scene.IsPast ? [] : _pools.Select(p => Standing(p.Pool)).OfType<Need>(),
            .. _pools.SelectMany(p => p.Summary.Attention.Select(a => Of(p.Pool, a))).OrderBy(n => !n.IsCritical),
            .. _pools.Select(p => Updates(p.Pool)).OfType<Need>(),
            .. _pools.Where(p => p.Summary.UrgentAlerts > 0).Select(p => Alerts(p.Pool, p.Summary.UrgentAlerts)),
        ];
    }

    private Need Silent(ScenePool pool) => new(
        "silent " + pool.Uuid, true, null, null, pool.Name, "does not answer.", pool.Problem ?? "It is tried again by itself.",
        View.May(AdministrationRights.Pools) ? "/settings/pools" : null, "See the connection", pool.Name);

    /// <summary>A rolling reboot that somebody has to say something to.</summary>
    private Need? Standing(ScenePool pool) => Runs.UnderWay(pool.Uuid) is { State: not RollingState.Running } run && pool.Picture!.Pool is { } own && View.May(RollingRights.Rehearse, pool.Picture, own)
        ? new($"rolling {pool.Uuid}", run.State == RollingState.Stopped, pool.Picture, own, pool.Name, run.State == RollingState.Stopped ? $"has a {run.Request.Kind.Word()} that stopped: {run.Problem}" : $"has a {run.Request.Kind.Word()} that is paused",
            "Say how it goes on.", $"/pools/{Uri.EscapeDataString(pool.Uuid)}/rolling", "See it", pool.Name) : null;

    private static Need Of(ScenePool pool, Attention attention) => new(
        $"{pool.Uuid} {attention.About.Ref} {attention.Words}", attention.Level == AttentionLevel.Critical, pool.Picture, attention.About, "",
        attention.Words, attention.Advice, ObjectUrl.Of(pool.Uuid, attention.About), "Open", pool.Name);

    private static Need Alerts(ScenePool pool, int count) => new(
        "alerts " + pool.Uuid, false, pool.Picture, pool.Picture!.Pool, pool.Name, count == 1 ? "has an alert nobody has dismissed" : $"has {count} alerts nobody has dismissed",
        "Look at them, and dismiss what is settled.", "/alerts", "See the alerts", pool.Name);

    /// <summary>What the hosts lacked when they were looked at last; null for nothing, or for the past.</summary>
    private Need? Updates(ScenePool pool)
    {
        var lacking = Scene.IsPast ? [] : pool.Picture!.All<Host>().Select(host => Missing.Last(pool.Picture.Key(host))?.Missing ?? []).Where(missing => !missing.IsEmpty).ToList();
        if (lacking.Count == 0)
            return null;
        var count = lacking.SelectMany(missing => missing).Select(update => update.Id).Distinct(StringComparer.Ordinal).Count();
        return new("updates " + pool.Uuid, false, pool.Picture, pool.Picture!.Pool, pool.Name, $"lacks {(count == 1 ? "an update" : $"{count} updates")} on {(lacking.Count == 1 ? "one host" : $"{lacking.Count} hosts")}",
            "Look at them, and install what suits.", $"/pools/{pool.Uuid}?tab=updates", "See the updates", pool.Name);
    }

    /// <summary>A line of what needs attention. Equal when it reads the same; the objects behind it may be newer.</summary>
    private sealed record Need(
        string Key, bool IsCritical, PoolPicture? Picture, XapiObject? About, string Name, string Words, string Advice, string? Url, string Verb, string Pool)
    {
        public bool Equals(Need? other) =>
            other is not null && Key == other.Key && IsCritical == other.IsCritical && Words == other.Words && Advice == other.Advice && Name == other.Name;

        public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
    }
}
