using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Statistics;

/// <summary>
/// Charts of a VM, a host or a storage, made anew as often as its hosts have something new, or of what was written down of it, and of how full a pool's storage was. All
/// who look at a host's objects share what it is asked. What was shown stays when a host does not answer, with the reason.
/// </summary>
public sealed partial class StatisticsTab : IAsyncDisposable
{
    private ElementReference _home;
    private IJSObjectReference? _script;
    private ObjectMetrics? _metrics;
    private ImmutableArray<Chart>? _drawn;
    private ImmutableArray<string> _notes = [];
    private StatisticsRange? _shown;
    private string? _problem;
    private DateTimeOffset _next;
    private (ObjectKey Key, StatisticsRange Range, string? From, string? To)? _asked;
    private StatisticsRange? _askedFor;
    private DateTime? _from;
    private DateTime? _to;

    /// <summary>The picture that <see cref="Object"/> is from.</summary>
    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiObject Object { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeName { get; set; }

    /// <summary>The first moment of a time that is chosen freely, in ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary>Anything for tables in place of charts.</summary>
    [SupplyParameterFromQuery(Name = "values")]
    public string? Values { get; set; }

    protected override bool FollowsTime => true;

    [Inject]
    private MetricsReader Reader { get; set; } = default!;

    [Inject]
    private MetricsHistory History { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private IJSRuntime Runtime { get; set; } = default!;

    /// <summary>What is gone, and what was, is not sampled any more; neither is how full a pool is.</summary>
    private ImmutableArray<StatisticsRange> Ranges => Object is Pool || Scene.IsPast || Picture.Get(Object.Ref) is null ? StatisticsRange.Kept : StatisticsRange.All;

    private StatisticsRange Usual => Object is Pool ? StatisticsRange.Kept.First(range => range.Name == "30d") : Ranges[0];

    private StatisticsRange Range => Ranges.FirstOrDefault(range => range.Name == RangeName) ?? Usual;

    private bool IsFree => Range == StatisticsRange.Free;

    private bool ShowsValues => Values is not null;

    private ObjectKey Key => Picture.Key(Object);

    /// <summary>The present, or the past moment that is shown.</summary>
    private DateTimeOffset Last => Scene.AsOf ?? Pulse.Now;

    private string Nothing => Range.Granularity is not null
        ? $"The host has not sampled {ObjectLooks.Name(Object)} yet. The first figures come a few seconds after it starts."
        : $"Nothing was written down of {ObjectLooks.Name(Object)} in that time. The server writes figures down every five minutes while it runs.";

    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("stop", _home);
                await _script.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone.
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == (Key, Range, From, To))
            return;
        if (IsFree)
            (_from, _to) = (Local(Moment(From) ?? Last - TimeSpan.FromDays(1)), Local(Moment(To) ?? Last));
        if (_asked?.Key != Key)
            (_metrics, _drawn, _shown) = (null, null, null);
        await AskAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _script = await Runtime.InvokeAsync<IJSObjectReference>("import", "/" + Assets["Components/Statistics/StatisticsTab.razor.js"]);
        await _script.InvokeVoidAsync("start", _home);
    }

    // What the page shows of the object itself is not shown here.
    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        if (Now >= _next)
            _ = AskAgainAsync();
        return false;
    }

    private async Task AskAgainAsync()
    {
        await AskAsync();
        StateHasChanged();
    }

    private async Task AskAsync()
    {
        var asked = (Key, Range, From, To);
        (_asked, _next) = (asked, DateTimeOffset.MaxValue);
        try
        {
            var (range, metrics, charts, notes) = asked.Range.Granularity is { } granularity ? await ReadAsync(asked.Range, granularity) : await ReadHistoryAsync(asked.Range);
            if (_asked != asked)
                return;
            (_metrics, _drawn, _notes, _shown, _askedFor, _problem) = (metrics, charts, notes, range, asked.Range, null);
        }
        catch (Exception problem) when (problem is MetricsException or HistoryException)
        {
            if (_asked != asked)
                return;
            // Figures of another range are none of this one.
            if (_askedFor != asked.Range)
                (_metrics, _drawn, _shown, _askedFor) = (null, null, null, null);
            (_problem, _notes) = (problem.Message, []);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // A time that is over does not change any more.
        if (!IsFree || Moment(To) is null)
            _next = Pulse.Now + (asked.Range.Granularity ?? MetricsGranularity.Minutes).Freshness();
    }

    private async Task<(StatisticsRange Range, ObjectMetrics Metrics, ImmutableArray<Chart> Charts, ImmutableArray<string> Notes)> ReadAsync(StatisticsRange range, MetricsGranularity granularity)
    {
        switch (Object)
        {
            case Vm:
                var vm = await Reader.OfVmAsync(Key, granularity, Gone);
                return (range, vm, StatisticsCharts.OfVm(vm), []);
            case Host:
                var host = await Reader.OfHostAsync(Key, granularity, Gone);
                return (range, host, StatisticsCharts.OfHost(host), []);
            default:
                var storage = await Reader.OfSrAsync(Key, granularity, Gone);
                return (range, storage.Hosts.MaxBy(one => one.Metrics.End)!.Metrics, StatisticsCharts.OfStorage(storage), storage.Problems);
        }
    }

    private async Task<(StatisticsRange Range, ObjectMetrics Metrics, ImmutableArray<Chart> Charts, ImmutableArray<string> Notes)> ReadHistoryAsync(StatisticsRange range)
    {
        var last = (range == StatisticsRange.Free ? Moment(To) : null) ?? Last;
        var time = History.Range(range == StatisticsRange.Free ? Moment(From) ?? last - TimeSpan.FromDays(1) : last - range.Back, last);
        var owner = Object switch
        {
            Vm => MetricsOwner.Vm,
            Host => MetricsOwner.Host,
            _ => MetricsOwner.Sr,
        };
        var told = Object is Pool
            ? await History.OfStorageAsync([.. Picture.All<Sr>().Where(PoolCapacity.IsForDisks).Select(sr => Picture.Key(sr))], time, Gone)
            : await History.ReadAsync(Key, owner, time, Gone);
        var charts = owner == MetricsOwner.Sr ? StatisticsCharts.OfSpace(told.Metrics) : StatisticsCharts.OfHistory(told.Metrics, Object is Host);
        return (range.With(time), told.Metrics, charts, []);
    }

    private void Choose() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["range"] = StatisticsRange.Free.Name, ["from"] = Universal(_from), ["to"] = Universal(_to) }));

    private string RangeUrl(StatisticsRange range) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["range"] = range == Usual ? null : range.Name, ["from"] = null, ["to"] = null });

    private DateTime Local(DateTimeOffset moment) => Zone.Local(moment).DateTime is var time ? new(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, DateTimeKind.Unspecified) : default;

    private string? Universal(DateTime? local) => local is not { } time ? null
        : new DateTimeOffset(time, Zone.Zone.GetUtcOffset(time)).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private string Url(string name, string? value) => Navigation.GetUriWithQueryParameter(name, value);
}
