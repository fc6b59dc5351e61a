using System.Collections.Immutable;
using System.Security.Cryptography;
using XoBlazor.App.Api.XoObjects.Feed;

namespace XoBlazor.App.Api.Rest.Events;

/// <summary>What one client listens to. Stays for a moment when its connection breaks, for it to come back. Safe from any thread.</summary>
internal sealed class EventStream(Guid account)
{
    private readonly Lock _gate = new();
    private ImmutableList<EventFormat> _subscriptions = [];
    private XoFeedReader? _reader;

    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Guid Account => account;

    /// <summary>When the connection broke, by the time provider's clock; null while there is one.</summary>
    public long? LeftAt { get; private set; }

    /// <summary>A connection serves the stream. One before it is cut off: its client has come back sooner than that was noticed. False when what was told since is not remembered.</summary>
    /// <param name="position">Where the client is; null for a new one.</param>
    public bool TryEnter(XoFeedReader reader, string? position)
    {
        lock (_gate)
        {
            if (position is not null && !_subscriptions.All(one => reader.Subscribe(one, position, fromNow: true).How == XoSubscribedHow.Resumed))
            {
                foreach (var one in _subscriptions)
                    reader.Unsubscribe(one.Id);
                return false;
            }
            _reader?.CutOff("The stream goes on elsewhere.");
            (_reader, LeftAt) = (reader, null);
            return true;
        }
    }

    public void Leave(XoFeedReader reader, long now)
    {
        lock (_gate)
            if (ReferenceEquals(_reader, reader))
                (_reader, LeftAt) = (null, now);
    }

    /// <summary>Null when nobody listens at the moment.</summary>
    public XoSubscribedHow? Subscribe(EventFormat format)
    {
        lock (_gate)
        {
            if (_reader is null)
                return null;
            var how = _reader.Subscribe(format, null, fromNow: true).How;
            if (how != XoSubscribedHow.TooMany)
                _subscriptions = _subscriptions.RemoveAll(one => one.Id == format.Id).Add(format);
            return how;
        }
    }

    public bool Unsubscribe(string id)
    {
        lock (_gate)
        {
            var had = _subscriptions.Count;
            _subscriptions = _subscriptions.RemoveAll(one => one.Id == id);
            _reader?.Unsubscribe(id);
            return _subscriptions.Count < had;
        }
    }
}
