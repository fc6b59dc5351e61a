using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Components.Settings;

/// <summary>
/// A page about the server itself. Nothing is read for somebody without the right, and the page empties within a second when it is taken away. Whatever
/// is done to the server stands in the audit, so a new record there is what makes the page read again.
/// </summary>
public abstract class SettingsPage : LiveComponent
{
    // A record may be written shortly before the change it tells of can be read.
    private static readonly TimeSpan s_settles = TimeSpan.FromSeconds(2);

    private long _seen = -1;
    private DateTimeOffset _settled;
    private bool _isReading;
    private bool _readsAgain;
    private string? _notDone;
    private string? _notRead;

    /// <summary>The right on the server as a whole that the page takes; null for what everybody may see of themselves.</summary>
    public abstract Right? Needed { get; }

    /// <summary>Whether the person at this circuit may see the page; null until that is known and the page is read.</summary>
    public bool? IsAllowed { get; private set; }

    /// <summary>Why the last act was not done, or why nothing can be read, in words; null when all is well.</summary>
    public string? Problem => _notDone ?? _notRead;

    [Inject]
    protected Actions Actions { get; private set; } = default!;

    [Inject]
    private AuditLog Audit { get; set; } = default!;

    protected override bool FollowsTime => true;

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync(CancellationToken token);

    /// <summary>Whether something on the page has changed that no record tells of. Asked once a second.</summary>
    protected virtual bool HasAged() => false;

    /// <summary>Whether the page has to be read again though no record tells so. Asked once a second.</summary>
    protected virtual bool IsOutdated() => false;

    protected sealed override Task OnParametersSetAsync() => RefreshAsync();

    protected override bool IsDifferent(Scene before) => false;

    protected sealed override bool IsOlder()
    {
        if (Audit.Newest != _seen || Now < _settled || IsOutdated())
            _ = InvokeAsync(RefreshAsync);
        return IsAllowed == true && HasAged();
    }

    /// <summary>Does something in the name of the person at this circuit. A refusal is shown on the page. True when it was done.</summary>
    protected async Task<bool> ActAsync(Func<Requester, Task> act)
    {
        _notDone = null;
        try
        {
            await act(await Actions.RequesterAsync());
        }
        catch (AdministrationRefusedException refused)
        {
            _notDone = refused.Message;
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            _notDone = $"The database did not take it: {problem.GetBaseException().Message}";
        }

        var isDone = _notDone is null;
        await RefreshAsync();
        return isDone;
    }

    private async Task RefreshAsync()
    {
        if (_isReading)
        {
            _readsAgain = true;
            return;
        }

        _isReading = true;
        try
        {
            do
            {
                _readsAgain = false;
                await ReadOnceAsync();
            }
            while (_readsAgain && !Gone.IsCancellationRequested);
            _notRead = null;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
            return;
        }
        catch (AdministrationRefusedException refused)
        {
            _notRead = refused.Message;
        }
        catch (Exception problem) when (problem is DbException or AuditException)
        {
            _notRead = $"This cannot be read now: {problem.Message}";
        }
        finally
        {
            _isReading = false;
        }

        StateHasChanged();
    }

    private async Task ReadOnceAsync()
    {
        if (Audit.Newest is var newest && newest != _seen)
            (_seen, _settled) = (newest, Pulse.Now + s_settles);
        var isAllowed = Needed is not { } needed || await Actions.MayAsync(needed);
        if (isAllowed)
            await ReadAsync(Gone);
        IsAllowed = isAllowed;
    }
}
