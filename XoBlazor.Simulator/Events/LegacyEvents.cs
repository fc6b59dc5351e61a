using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Events;

/// <summary>
/// The events of before <c>event.from</c>: <c>event.register</c>, then <c>event.next</c> gives every single change in order. A queue that
/// grows too long is dropped, and the next call tells so with EVENTS_LOST.
/// </summary>
internal sealed class LegacyEvents
{
    private const int LongestQueue = 2_000;

    private readonly ConcurrentDictionary<string, Queue> _queues = [];
    private readonly Database _db;
    private readonly TimeProvider _time;

    public LegacyEvents(Database db, TimeProvider time)
    {
        (_db, _time) = (db, time);
        db.Observer = Enqueue;
    }

    public void Register(string session, IEnumerable<string> classes) =>
        _queues.GetOrAdd(session, _ => new()).Subscribe(classes);

    public void Unregister(string session, IEnumerable<string> classes)
    {
        if (_queues.TryGetValue(session, out var queue) && !queue.Unsubscribe(classes))
            _queues.TryRemove(session, out _);
    }

    /// <summary>Waits for at least one change.</summary>
    public async Task<XapiValue> NextAsync(string session, CancellationToken cancellation)
    {
        while (true)
        {
            if (!_queues.TryGetValue(session, out var queue))
                throw new XapiException("SESSION_NOT_REGISTERED", $"trackid={TrackId(session)}");
            var change = _db.NextChange;
            if (queue.Take() is { Count: > 0 } events)
                return new EventList(events).ToValue();
            await change.WaitAsync(cancellation);
        }
    }

    private void Enqueue(Row row, RowChange change)
    {
        if (_queues.IsEmpty || !row.Table.Schema.Fact.HasEvents)
            return;
        var operation = change switch { RowChange.Added => EventOperation.Add, RowChange.Modified => EventOperation.Mod, RowChange.Deleted => EventOperation.Del };
        var timestamp = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().ToUnixTimeSeconds()}.");
        foreach (var queue in _queues.Values)
            queue.Add(new(0, row.Table.Schema, operation, row.Ref, change == RowChange.Deleted ? null : row.State, timestamp));
    }

    /// <summary>xapi names a session in errors by a hash, never by its reference.</summary>
    private static string TrackId(string session) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)))[..32];

    private sealed class Queue
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _classes = new(StringComparer.OrdinalIgnoreCase);
        private List<XapiEvent> _events = [];
        private bool _isLost;

        public void Subscribe(IEnumerable<string> classes)
        {
            lock (_gate)
                _classes.UnionWith(classes);
        }

        /// <summary>False when nothing is subscribed any more.</summary>
        public bool Unsubscribe(IEnumerable<string> classes)
        {
            lock (_gate)
            {
                _classes.ExceptWith(classes);
                return _classes.Count > 0;
            }
        }

        public void Add(XapiEvent e)
        {
            lock (_gate)
            {
                if (!_classes.Contains("*") && !_classes.Contains(e.Class.Name))
                    return;
                if (_events.Count >= LongestQueue)
                {
                    _events.Clear();
                    _isLost = true;
                }

                _events.Add(e);
            }
        }

        public List<XapiEvent> Take()
        {
            lock (_gate)
            {
                if (_isLost)
                {
                    _isLost = false;
                    _events.Clear();
                    throw new XapiException("EVENTS_LOST");
                }

                var taken = _events;
                _events = [];
                return taken;
            }
        }
    }
}
