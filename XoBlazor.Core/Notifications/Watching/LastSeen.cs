using XoBlazor.Core.Model;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>The objects that notifications were about, as they were then: whether somebody may hear of what is gone is judged by that. Bounded; what fell out is told to those only who see the whole pool. Safe from any thread.</summary>
internal sealed class LastSeen
{
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, XapiObject> _seen = [];
    private readonly Queue<Guid> _order = new();

    public void Add(Guid notification, XapiObject about)
    {
        lock (_gate)
        {
            if (!_seen.TryAdd(notification, about))
                return;
            _order.Enqueue(notification);
            if (_order.Count > Most)
                _seen.Remove(_order.Dequeue());
        }
    }

    public XapiObject? Find(Guid notification)
    {
        lock (_gate)
            return _seen.GetValueOrDefault(notification);
    }
}
