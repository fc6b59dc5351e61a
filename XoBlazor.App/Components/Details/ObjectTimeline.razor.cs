using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.App.Components.Details;

/// <summary>What happened to one object: the journal's changes, its alerts, and what people did to it from here, newest first.</summary>
public sealed partial class ObjectTimeline
{
    private const int PageLength = 50;

    // What was announced is on disk within a second; looked at sooner it would be missing.
    private static readonly TimeSpan s_settles = TimeSpan.FromSeconds(1.2);

    private ImmutableArray<JournalEntry>? _entries;
    private long? _older;
    private ImmutableArray<AuditAct> _acts = [];
    private Causes _causes = new([]);
    private long _actsVersion;
    private string? _problem;
    private bool _showsAll;
    private bool _isReading;
    private int _rights;
    private ObjectKey _read;
    private XapiObject? _seen;
    private DateTimeOffset? _changedAt;

    [Parameter, EditorRequired]
    public PoolPicture Pool { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiObject Object { get; set; } = default!;

    [Inject]
    private ViewedJournal Journal { get; set; } = default!;

    [Inject]
    private ViewedActs Acts { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    protected override bool FollowsTime => true;

    private ObjectKey Key => Pool.Key(Object);

    private List<TimelineLine> Lines
    {
        get
        {
            var entries = _entries ?? [];
            var since = _older is null || entries.IsEmpty ? DateTimeOffset.MinValue : entries[^1].Time;
            var until = Scene.AsOf ?? DateTimeOffset.MaxValue;
            var changes = entries.Where(e => (_showsAll || EntryView.IsTelling(e)) && e.Time <= until).Select(TimelineLine.Of);
            var alerts = Pool.All<XapiMessage>().Where(m => m.ObjUuid == Object.Uuid && m.Timestamp >= since && m.Timestamp <= until)
                .Select(m => TimelineLine.Of(Alert.Of(Pool, m)));
            var acts = _acts.Where(act => act.Started >= since && act.Started <= until).Select(act => TimelineLine.Of(act, Acts));
            return [.. changes.Concat(alerts).Concat(acts).OrderByDescending(l => l.Time)];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Key != _read)
        {
            (_read, _entries, _seen) = (Key, null, Object);
            await ReadAsync(null);
        }
        else if (!ReferenceEquals(_seen, Object))
        {
            (_seen, _changedAt) = (Object, Now);
        }
    }

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        if (View.Rights != _rights)
        {
            (_entries, _older) = (null, null);
            _ = InvokeAsync(() => ReadAsync(null));
            return true;
        }

        if (_changedAt is { } changed && Now - changed > s_settles && !_isReading)
        {
            _changedAt = null;
            _ = InvokeAsync(() => ReadAsync(null));
        }

        if (Acts.Version != _actsVersion && !_isReading)
            _ = InvokeAsync(ReadActsAsync);
        return false;
    }

    private Task OlderAsync() => ReadAsync(_older);

    private async Task LookAtActsAsync()
    {
        _actsVersion = Acts.Version;
        _acts = await Acts.OnAsync(Pool, Object, _older is null || _entries is not [.., var oldest] ? DateTimeOffset.MinValue : oldest.Time, Gone);
        _causes = Object is XapiTask ? await Acts.CausesAsync(_entries ?? [], Gone) : new(_acts);
    }

    private async Task ReadActsAsync()
    {
        var before = _acts;
        try
        {
            await LookAtActsAsync();
        }
        catch (AuditException e)
        {
            _problem = e.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (!before.Select(act => act.Newest.Number).SequenceEqual(_acts.Select(act => act.Newest.Number)) || _problem is not null)
            StateHasChanged();
    }

    private async Task ReadAsync(long? before)
    {
        (_isReading, _rights) = (true, View.Rights);
        try
        {
            var page = await Journal.ObjectTimelineAsync(Key, before, PageLength, Gone);
            if (before is not null)
                (_entries, _older) = ([.. _entries ?? [], .. page.Entries], page.Next);
            else if (_entries is { IsEmpty: false } known && page.Entries.LastOrDefault() is { } last && known[0].Position >= last.Position)
                _entries = [.. page.Entries.Where(e => e.Position > known[0].Position), .. known];
            else
                (_entries, _older) = (page.Entries, page.Next);
            await LookAtActsAsync();
            _problem = null;
        }
        catch (Exception e) when (e is JournalDiskException or JournalDamagedException or AuditException)
        {
            _problem = e.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _isReading = false;
        }

        StateHasChanged();
    }
}
