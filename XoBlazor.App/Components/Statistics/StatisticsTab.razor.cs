using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Statistics;

/// <summary>
/// Charts of a VM, a host or a storage, made anew as often as its hosts have something new. All who look at a host's objects share what it is asked. What was shown
/// stays when a host does not answer, with the reason.
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
    private (ObjectKey Key, StatisticsRange Range)? _asked;

    /// <summary>The picture that <see cref="Object"/> is from.</summary>
    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiObject Object { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeName { get; set; }

    /// <summary>Anything for tables in place of charts.</summary>
    [SupplyParameterFromQuery(Name = "values")]
    public string? Values { get; set; }

    protected override bool FollowsTime => true;

    [Inject]
    private MetricsReader Reader { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private IJSRuntime Runtime { get; set; } = default!;

    private StatisticsRange Range => StatisticsRange.Named(RangeName);

    private bool ShowsValues => Values is not null;

    private ObjectKey Key => Picture.Key(Object);

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
        if (_asked == (Key, Range))
            return;
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
        var asked = (Key, Range);
        (_asked, _next) = (asked, DateTimeOffset.MaxValue);
        try
        {
            var (metrics, charts, notes) = await ReadAsync(asked.Range.Granularity);
            if (_asked != asked)
                return;
            (_metrics, _drawn, _notes, _shown, _problem) = (metrics, charts, notes, asked.Range, null);
        }
        catch (MetricsException problem)
        {
            if (_asked != asked)
                return;
            // Figures of another range are none of this one.
            if (_shown != asked.Range)
                (_metrics, _drawn, _shown) = (null, null, null);
            _problem = problem.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _next = Pulse.Now + asked.Range.Granularity.Freshness();
    }

    private async Task<(ObjectMetrics Metrics, ImmutableArray<Chart> Charts, ImmutableArray<string> Notes)> ReadAsync(MetricsGranularity granularity)
    {
        switch (Object)
        {
            case Vm:
                var vm = await Reader.OfVmAsync(Key, granularity, Gone);
                return (vm, StatisticsCharts.OfVm(vm), []);
            case Host:
                var host = await Reader.OfHostAsync(Key, granularity, Gone);
                return (host, StatisticsCharts.OfHost(host), []);
            default:
                var storage = await Reader.OfSrAsync(Key, granularity, Gone);
                return (storage.Hosts.MaxBy(one => one.Metrics.End)!.Metrics, StatisticsCharts.OfStorage(storage), storage.Problems);
        }
    }

    private string Url(string name, string? value) => Navigation.GetUriWithQueryParameter(name, value);
}
