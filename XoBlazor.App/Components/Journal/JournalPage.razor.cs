using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Travel;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using Entries = XoBlazor.Core.Journal.JournalPage;

namespace XoBlazor.App.Components.Journal;

/// <summary>All recorded changes, by object, class, pool, text and time. What is asked for stands in the address.</summary>
public sealed partial class JournalPage
{
    private static readonly ImmutableArray<string> s_classes = [.. XapiCodec.All.Select(c => c.WireName).Order(StringComparer.OrdinalIgnoreCase)];

    private const int PageLength = 100;

    private Entries? _page;
    private Causes _causes = new([]);
    private string? _problem;
    private string? _asked;
    private string? _text;
    private string? _class;
    private string? _pool;
    private DateTime? _from;
    private DateTime? _to;
    private bool _showsAll;
    private int _rights;
    private List<ObjectKey> _seen = [];
    private bool _showsFilters;

    [SupplyParameterFromQuery(Name = "object")]
    public string? Object { get; set; }

    [SupplyParameterFromQuery(Name = "class")]
    public string? Class { get; set; }

    [SupplyParameterFromQuery(Name = "pool")]
    public string? Pool { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    [Inject]
    private ViewedJournal Journal { get; set; } = default!;

    [Inject]
    private ViewedActs Acts { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private JournalRecorder Recorder { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ObjectKey? About => Object?.Split('/') is [var pool, var uuid] ? new(pool, uuid) : null;

    private bool IsFiltered => (Object ?? Class ?? Pool ?? Text ?? From ?? To) is not null;

    // A search that was handed back in pieces: there may be more, it was not looked for yet.
    private bool StoppedEarly => _page is { Next: not null } page && page.Entries.Length < PageLength;

    private string SoFar => Text is not null ? "None of the newer entries holds these words together. Older ones have not been looked at yet."
        : View.SeesEverything ? "None of the newer entries matches this filter. Older ones have not been looked at yet."
        : "None of the newer changes is of anything that you may see. Older ones have not been looked at yet.";

    // How much is recorded tells of what may not be viewed.
    private string? Summary => !View.SeesEverything ? null : Recorder.State is var state && state.Oldest is { } oldest
        ? $"{Format.Count(state.Rows)} entries, back to {Zone.Exact(oldest)}, {Format.Bytes(state.Size)}" : "empty";

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == Navigation.Uri)
            return;
        _asked = Navigation.Uri;
        (_text, _class, _pool, _from, _to) = (Text, Class, Pool, Local(From), Local(To));
        _showsFilters |= (Class ?? Pool ?? From ?? To) is not null;
        await ReadAsync();
    }

    // What is read stands still, and what is new is found by asking again; only what may not be read any more goes at once.
    protected override bool FollowsTime => true;

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        if (View.Rights == _rights && (View.SeesEverything || !_seen.Any(View.IsHidden)))
            return false;
        _page = null;
        _ = InvokeAsync(async () =>
        {
            await ReadAsync();
            StateHasChanged();
        });
        return true;
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private DateTime? Local(string? text) => Moment(text) is { } moment ? Zone.Local(moment).DateTime : null;

    private string? Universal(DateTime? local) => local is not { } time ? null
        : new DateTimeOffset(time, Zone.Zone.GetUtcOffset(time)).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string Without(string name) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = null, ["before"] = null });

    private void Apply()
    {
        var address = Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["q"] = Given(_text),
            ["class"] = Given(_class),
            ["pool"] = Given(_pool),
            ["from"] = Universal(_from),
            ["to"] = Universal(_to),
            ["before"] = null,
        });
        // The same question again: what is new since?
        if (address == Navigation.Uri)
            _asked = null;
        Navigation.NavigateTo(address);

        static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    private async Task ReadAsync()
    {
        _rights = View.Rights;
        _seen = [];
        try
        {
            var page = await Journal.ChangesAsync(new()
            {
                Pool = About?.Pool ?? Pool,
                Uuid = About?.Uuid,
                Class = Class,
                Text = Text,
                From = Moment(From),
                To = Moment(To) ?? TimeTravel.MomentOf(Navigation.Uri),
                Cursor = Before,
                Limit = PageLength,
            }, Gone);
            _causes = await Acts.CausesAsync(page.Entries, Gone);
            (_page, _problem) = (page, null);
            _seen = [.. page.Entries.Select(e => e.Key).Distinct()];
        }
        catch (Exception e) when (e is JournalDiskException or JournalDamagedException or AuditException)
        {
            _problem = e.Message;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
