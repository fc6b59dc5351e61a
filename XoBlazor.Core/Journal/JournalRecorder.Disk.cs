using XoBlazor.Core.Journal.Recording;
using XoBlazor.Core.Journal.Storage;

namespace XoBlazor.Core.Journal;

/// <summary>Dealing with the disk: trying again, opening anew after damage, retention.</summary>
public sealed partial class JournalRecorder
{
    /// <summary>Writes the slice, however long the disk takes to agree; what is seen meanwhile waits in the queue.</summary>
    private async Task AppendAsync(CancellationToken token)
    {
        if (_slice.Count == 0)
            return;
        var changes = _slice.Select(c => c.Change).ToList();
        await PersistAsync(() => _storage.AppendAsync(changes, token), token);
        foreach (var (change, tracked, state) in _slice)
            if (tracked is not null)
                tracked.Committed = new(state!, change.Position, change.Time);
        _slice.Clear();
    }

    private async Task PersistAsync(Func<ValueTask> write, CancellationToken token)
    {
        for (var retry = s_firstRetry; ; retry = retry * 2 < s_longestRetry ? retry * 2 : s_longestRetry)
        {
            try
            {
                await write();
                if (_error is not null)
                    LogRecovered();
                _error = null;
                return;
            }
            catch (JournalDamagedException e)
            {
                Report(e);
                await ReopenAsync(token);
            }
            catch (JournalDiskException e)
            {
                Report(e);
                await Task.Delay(retry, _time, token);
            }
        }
    }

    private async Task ReopenAsync(CancellationToken token)
    {
        try
        {
            await OpenAsync(token);
        }
        catch (JournalDiskException e)
        {
            Report(e);
            await Task.Delay(s_firstRetry, _time, token);
            return;
        }

        // The numbers of objects may have changed; they are found again by uuid.
        foreach (var tracked in _pools.Values.SelectMany(p => p.Objects.Values).Concat(_slice.Select(c => c.Tracked).OfType<TrackedObject>()))
        {
            tracked.Stored.Id = 0;
            tracked.Committed = null;
        }

        _mustCompareAnew = true;
    }

    private async Task CareAsync(CancellationToken token)
    {
        if (_time.GetUtcNow() < _nextCare)
            return;
        _nextCare = _time.GetUtcNow() + s_longestRest;
        try
        {
            // A few steps at a time: entries waiting to be written go first.
            for (var steps = 0; steps < 20 && await _storage.TrimAsync(_time.GetUtcNow() - _options.RetentionAge, _options.RetentionSize, token); steps++)
                _nextCare = default;
            _measure = await _storage.MeasureAsync(token);
        }
        catch (JournalDiskException e)
        {
            Report(e);
        }
        catch (JournalDamagedException e)
        {
            Report(e);
            await ReopenAsync(token);
        }
    }

    private void Report(Exception e)
    {
        if (_error != e.Message)
            LogTrouble(e.Message);
        _error = e.Message;
    }
}
