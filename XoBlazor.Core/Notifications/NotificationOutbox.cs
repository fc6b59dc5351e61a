using System.Collections.Immutable;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.Watching;

namespace XoBlazor.Core.Notifications;

/// <summary>What became of messages, and what can be done about it. Judges nobody: whoever asks has asked for the right. Safe from any thread.</summary>
public sealed class NotificationOutbox
{
    public const int MostListed = 500;

    private readonly INotificationStore _store;
    private readonly NotificationTransports _transports;
    private readonly NotificationPost _post;
    private readonly TimeProvider _time;
    private int _version;

    internal NotificationOutbox(INotificationStore store, NotificationTransports transports, NotificationPost post, NotificationWatch watch, TimeProvider time)
    {
        (_store, _transports, _post, _time) = (store, transports, post, time);
        post.Changed += Count;
        watch.Told += Count;

        void Count() => Interlocked.Increment(ref _version);
    }

    /// <summary>Another one whenever something became of a message.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The newest first, at most <see cref="MostListed"/>.</summary>
    public Task<ImmutableArray<OutboxEntry>> ListAsync(OutboxState? state, CancellationToken token) => _store.ListAsync(state, MostListed, token);

    public Task<ImmutableDictionary<OutboxState, int>> CountAsync(CancellationToken token) => _store.CountAsync(token);

    public Task<OutboxEntry?> FindAsync(Guid id, CancellationToken token) => _store.FindAsync(id, token);

    /// <summary>Sends a message again that was given up. Fails with <see cref="NotificationException"/>.</summary>
    public async Task SendAgainAsync(Guid id, CancellationToken token)
    {
        var entry = await _store.FindAsync(id, token) ?? throw new NotificationException("This message is not kept any more. Reload the list.");
        if (entry.State != OutboxState.Dead)
            throw new NotificationException("Only a message that was given up can be sent again. Reload the list.");
        await _store.UpdateAsync([entry with { State = OutboxState.Waiting, Due = _time.GetUtcNow(), Attempts = 0, Ended = null }], token);
        Interlocked.Increment(ref _version);
        _post.Wake();
    }

    /// <summary>Sends a test message of a rule to an address at once. Fails with <see cref="NotificationException"/>.</summary>
    public async Task TryAsync(NotificationRule rule, string address, CancellationToken token)
    {
        var how = _transports.Find(rule.How) ?? throw new NotificationException($"There is no way '{Model.ForeignText.Shown(rule.How)}' to send anything now. Load the plugin that has it.");
        if (how.Obstacle is { } obstacle)
            throw new NotificationException(obstacle);
        if (how.Fault(address) is { } fault)
            throw new NotificationException(fault);
        await _post.TryAsync(rule, address, how, token);
    }
}
