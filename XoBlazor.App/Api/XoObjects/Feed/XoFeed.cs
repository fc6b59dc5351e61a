using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>
/// What becomes of the objects that those see who see the same (<see cref="Sight"/>). Follows the store on a task of its own; each step is made
/// once, for all readers, in each format that somebody reads. The last steps are kept; a reader who lags further behind, who comes back or who
/// comes from another feed catches up by comparing the snapshot it has with the present, so that no reader has a queue. Safe from any thread.
/// </summary>
internal sealed partial class XoFeed : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly XoFeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StoreSubscription _news;
    private readonly List<XoStep> _steps = [];
    private readonly HashSet<XoCursor> _cursors = [];
    private readonly string _epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private StoreSnapshot _now;
    private long _tail;
    private long _changes;
    private long _bytes;
    private long _leftAt;

    public XoFeed(Sight sight, XoFeedOptions options, TimeProvider time, ILogger logger)
    {
        (Sight, _options, _time, _logger) = (sight, options, time, logger);
        _news = sight.Subscribe();
        _now = _news.Present;
        _leftAt = time.GetTimestamp();
        _steps.Add(new(0, _leftAt, _now, 0, XoStep.NoFrames));
        Run = Task.Run(() => RunAsync(_stop.Token));
    }

    public Sight Sight { get; }

    /// <summary>Ends with the feed, never by an exception.</summary>
    public Task Run { get; }

    /// <summary>Reads from here on: from the present, or from what the cursor's reader has already.</summary>
    public void Join(XoCursor cursor, bool fromNow)
    {
        lock (_gate)
        {
            cursor.Feed = this;
            cursor.Number = fromNow ? _tail : -1;
            cursor.BehindSince = fromNow ? null : cursor.BehindSince ?? _time.GetTimestamp();
            if (fromNow)
            {
                cursor.Has.Clear();
                cursor.Has.Add(_now);
            }

            _cursors.Add(cursor);
        }
    }

    public void Leave(XoCursor cursor)
    {
        lock (_gate)
        {
            _cursors.Remove(cursor);
            _leftAt = _time.GetTimestamp();
        }
    }

    /// <summary>The snapshot at a position that <see cref="Position"/> named; null when that is not remembered.</summary>
    public StoreSnapshot? At(string position)
    {
        lock (_gate)
        {
            var parts = position.Split('.');
            return parts is [var epoch, var number] && epoch == _epoch && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? _steps.Find(s => s.Number == at)?.After : null;
        }
    }

    public string Position(long number) => $"{_epoch}.{number}";

    /// <summary>What comes next for a cursor: the messages of the next step, or the present to catch up with; null when it has all there is.</summary>
    public XoNext? Next(XoCursor cursor)
    {
        lock (_gate)
        {
            if (cursor.Number == _tail)
            {
                cursor.BehindSince = null;
                return null;
            }

            var at = cursor.Number < 0 ? -1 : cursor.Number + 1 - _steps[0].Number;
            return at >= 0 && _steps[(int)at] is var step && step.Frames.TryGetValue(cursor.Format, out var frames)
                ? new(frames, step.After, step.Number) : new(null, _now, _tail);
        }
    }

    /// <summary>The reader has all that <see cref="Next"/> gave.</summary>
    public void Reach(XoCursor cursor, long number, StoreSnapshot now)
    {
        lock (_gate)
            ReachLocked(cursor, number, now);
    }

    /// <summary>Nobody has read for so long that it may go.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _cursors.Count == 0 && _time.GetElapsedTime(_leftAt) >= _options.KeptUnread;
        }
    }

    /// <summary>Cuts off readers that lag too far behind, and lets go of what nobody comes back for.</summary>
    public void Look()
    {
        List<XoFeedReader> late;
        lock (_gate)
        {
            late = [.. _cursors.Where(c => c.BehindSince is { } since && _time.GetElapsedTime(since) > _options.MostBehind).Select(c => c.Reader).Distinct()];
            while (_steps.Count > 1 && _time.GetElapsedTime(_steps[0].Made) > _options.KeptUnread)
                RemoveOldestLocked();
            for (var i = 0; i < _steps.Count && _time.GetElapsedTime(_steps[i].Made) > _options.KeptMessages; i++)
            {
                _bytes -= _steps[i].Bytes;
                _steps[i] = _steps[i].WithoutFrames();
            }
        }

        foreach (var reader in late)
            reader.CutOff("too slow: changes have waited for minutes; connect again and read all objects anew");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _news.Dispose();
    }

    private void ReachLocked(XoCursor cursor, long number, StoreSnapshot now)
    {
        cursor.Number = number;
        cursor.Has.Clear();
        cursor.Has.Add(now);
        cursor.BehindSince = number == _tail ? null : _steps.Find(s => s.Number > number)?.Made ?? cursor.BehindSince;
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            using var differences = new XoDifferences();
            while (true)
            {
                var signal = await _news.NextAsync(stop);
                var readers = Step(differences, signal);
                foreach (var reader in readers)
                    reader.Wake();
                await Task.Delay(readers.Length > _options.Many ? _options.PaceForMany : _options.Pace, _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception broken)
        {
            LogBroken(broken);
            foreach (var reader in Readers())
                reader.CutOff("internal error: connect again and read all objects anew");
        }
    }

    /// <summary>Makes the next step, if anything looks different, and says whom to wake.</summary>
    private ImmutableArray<XoFeedReader> Step(XoDifferences differences, StoreSignal signal)
    {
        StoreSnapshot before;
        var makings = new Dictionary<XoFeedFormat, XoMessages>();
        lock (_gate)
        {
            before = _now;
            foreach (var cursor in _cursors)
                if (!makings.ContainsKey(cursor.Format))
                    makings.Add(cursor.Format, new(cursor.Format));
        }

        var number = _tail + 1;
        var changes = 0;
        foreach (var change in differences.Between(before, signal.Now, signal.LookAtEverything ? null : signal.Batches))
        {
            changes++;
            foreach (var making in makings.Values)
                making.Add(change, Position(number), _options.MostBytes);
        }

        var frames = new Dictionary<XoFeedFormat, IReadOnlyList<ReadOnlyMemory<byte>>>();
        foreach (var (format, making) in makings)
            using (making)
                if (making.Finish(Position(number)) is { } made)
                    frames.Add(format, made);

        lock (_gate)
        {
            if (changes == 0)
            {
                StandStillLocked(signal.Now);
                return [];
            }

            (_now, _tail) = (signal.Now, number);
            AddLocked(new(number, _time.GetTimestamp(), _now, changes, frames));
            foreach (var cursor in _cursors)
                cursor.BehindSince ??= _time.GetTimestamp();
            return ReadersLocked();
        }
    }

    /// <summary>Nothing looks different: the old snapshot is let go by all who have it.</summary>
    private void StandStillLocked(StoreSnapshot now)
    {
        foreach (var cursor in _cursors)
            if (cursor.Number == _tail)
                ReachLocked(cursor, _tail, now);
        _now = now;
        _steps[^1] = _steps[^1] with { After = now };
    }

    private void AddLocked(XoStep step)
    {
        _steps.Add(step);
        (_changes, _bytes) = (_changes + step.Changes, _bytes + step.Bytes);
        while (_steps.Count > 1 && (_steps.Count > _options.MostSteps || _changes > _options.MostChanges || _bytes > _options.MostBytes))
            RemoveOldestLocked();
    }

    private void RemoveOldestLocked()
    {
        (_changes, _bytes) = (_changes - _steps[0].Changes, _bytes - _steps[0].Bytes);
        _steps.RemoveAt(0);
    }

    private ImmutableArray<XoFeedReader> Readers()
    {
        lock (_gate)
            return ReadersLocked();
    }

    private ImmutableArray<XoFeedReader> ReadersLocked() => [.. _cursors.Select(c => c.Reader).Distinct()];

    [LoggerMessage(LogLevel.Error, "The feed of objects broke; its readers are cut off")]
    private partial void LogBroken(Exception exception);
}
