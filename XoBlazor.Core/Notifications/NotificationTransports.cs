using System.Collections.Immutable;

namespace XoBlazor.Core.Notifications;

/// <summary>All ways to send messages that there are now. Safe from any thread.</summary>
public sealed class NotificationTransports(IEnumerable<INotificationTransport> own, IEnumerable<INotificationTransportSource> sources)
{
    private readonly ImmutableArray<INotificationTransport> _own = [.. own];
    private readonly ImmutableArray<INotificationTransportSource> _sources = [.. sources];

    /// <summary>Ours first; where two have one id, the first counts.</summary>
    public IEnumerable<INotificationTransport> All => _own.Concat(_sources.SelectMany(source => source.Transports)).DistinctBy(one => one.Id, StringComparer.Ordinal);

    public INotificationTransport? Find(string id) => All.FirstOrDefault(one => one.Id == id);
}
