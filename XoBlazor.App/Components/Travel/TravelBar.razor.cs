using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;

namespace XoBlazor.App.Components.Travel;

/// <summary>Chooses the moment; the choice goes into the address.</summary>
public sealed partial class TravelBar : IDisposable
{
    private const int Buckets = 120;
    private const int Steps = 1200;

    private static readonly ImmutableArray<(string Title, TimeSpan Length)> s_ranges =
        [("1 h", TimeSpan.FromHours(1)), ("24 h", TimeSpan.FromDays(1)), ("7 d", TimeSpan.FromDays(7)), ("30 d", TimeSpan.FromDays(30))];

    private readonly CancellationTokenSource _left = new();
    private ImmutableArray<(ActivityBucket Bucket, int Height)> _marks = [];
    private CancellationTokenSource? _reading;
    private string? _unmarked;
    private TimeSpan _length = TimeSpan.FromHours(1);
    private DateTimeOffset _from;
    private DateTimeOffset _now;
    private DateTimeOffset? _placed;
    private DateTimeOffset? _dragged;
    private bool _isRead;

    [Parameter]
    public bool IsOpen { get; set; }

    /// <summary>The way back to the present.</summary>
    [Parameter]
    public EventCallback OnNow { get; set; }

    /// <summary>The moment whose picture is shown: when it changes, the bar follows.</summary>
    [Parameter]
    public DateTimeOffset? Moment { get; set; }

    /// <summary>The moment that is on its way.</summary>
    [Parameter]
    public TravelProgress? Reading { get; set; }

    [Inject]
    private TimeTravel Travel { get; set; } = default!;

    [Inject]
    private ViewedJournal Journal { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>Ends with the bar.</summary>
    private CancellationToken Gone => _left.Token;

    /// <summary>Where the person is going, or is.</summary>
    private DateTimeOffset? Shown => Reading?.Moment ?? Moment;

    private int Position => Shown is { } moment ? Math.Clamp((int)((moment - _from) / (_now - _from) * Steps), 0, Steps) : Steps;

    protected override async Task OnParametersSetAsync()
    {
        if (!IsOpen && Shown is null)
        {
            _isRead = false;
            return;
        }

        if (_isRead && _placed == Shown)
            return;
        _placed = Shown;
        if (_isRead && (Shown is null || Shown >= _from))
            return;
        _now = Time.GetUtcNow();
        // The shortest range that holds the moment.
        if (Shown is { } moment && _now - moment > _length)
            _length = s_ranges.Select(r => r.Length).FirstOrDefault(l => l > _now - moment, _now - moment + TimeSpan.FromHours(1));
        await ReadAsync();
    }

    public void Dispose()
    {
        // Not disposed: what still reads asks for its token.
        _left.Cancel();
    }

    private Task SpanAsync(TimeSpan length)
    {
        _length = length;
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        _isRead = true;
        _now = Time.GetUtcNow();
        _from = _now - _length;
        if (_reading is not null)
            await _reading.CancelAsync();
        using var reading = _reading = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        try
        {
            var activity = await Journal.ActivityAsync(_from, _now, Buckets, reading.Token);
            var buckets = activity.Buckets;
            _unmarked = activity.Missing;
            // Small stirs stay visible beside a storm.
            var most = Math.Log(1 + (buckets.IsEmpty ? 1 : buckets.Max(b => b.Entries)));
            _marks = [.. buckets.Select(b => (b, b.Entries == 0 ? 0 : (int)Math.Max(8, 100 * Math.Log(1 + b.Entries) / most)))];
        }
        catch (Exception e) when (e is JournalDiskException or JournalDamagedException)
        {
            (_marks, _unmarked) = ([], null);
        }
        catch (OperationCanceledException)
        {
            // Another stretch was chosen, or the bar is gone.
        }
        finally
        {
            if (ReferenceEquals(_reading, reading))
                _reading = null;
        }
    }

    // While it is dragged the bar says where to; the journal is read when it is let go.
    private void Drag(ChangeEventArgs change) => _dragged = MomentAt(change) ?? _now;

    private Task SlideAsync(ChangeEventArgs change)
    {
        _dragged = null;
        if (MomentAt(change) is not { } moment)
            return OnNow.InvokeAsync();
        Go(moment);
        return Task.CompletedTask;
    }

    /// <summary>Null for the slider's end, which is now.</summary>
    private DateTimeOffset? MomentAt(ChangeEventArgs change) =>
        int.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var step) && step < Steps ? _from + ((_now - _from) * step / Steps) : null;

    /// <summary>To just after the change before, or after, the moment.</summary>
    private async Task StepAsync(int direction)
    {
        var at = Shown ?? _now;
        try
        {
            // The newest page up to the moment holds the change before; for the one after, a short walk from the moment on.
            var entries = direction < 0
                ? (await Journal.ChangesAsync(new() { To = at - TimeSpan.FromMilliseconds(1), Limit = 1 }, Gone)).Entries
                : (await Journal.ChangesAsync(new() { From = at + TimeSpan.FromMilliseconds(1), Limit = ChangesQuery.MaxLimit }, Gone)).Entries;
            if (entries.IsEmpty)
            {
                if (direction > 0)
                    await OnNow.InvokeAsync();
                return;
            }

            Go(entries[^1].Time);
        }
        catch (Exception e) when (e is JournalDiskException or JournalDamagedException)
        {
            // The frame says so where the picture is read.
        }
        catch (OperationCanceledException)
        {
            // The bar is gone.
        }
    }

    // One way back to the present, however many moments were looked at.
    private void Go(DateTimeOffset moment) => Navigation.NavigateTo(Travel.AddressAt(moment), replace: Shown is not null);
}
