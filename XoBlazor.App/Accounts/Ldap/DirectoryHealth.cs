using System.Collections.Concurrent;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Remembers which servers did not answer, so that sign-ins do not wait for them one after the other: a failed server is left alone for
/// a while that doubles up to a cap, then one caller tries it while the others still pass by. Thread-safe.
/// </summary>
internal sealed class DirectoryHealth(TimeProvider time)
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid Directory, string Server), Rest> _resting = new();

    /// <summary>Whether the server is worth a try now. A yes after a failure is given to one caller and shuts the door behind it.</summary>
    public bool MayTry(Guid directory, string server)
    {
        var key = (directory, server);
        return !_resting.TryGetValue(key, out var rest)
            || (rest.Until <= time.GetUtcNow() && _resting.TryUpdate(key, rest with { Until = time.GetUtcNow() + rest.Length, IsTried = true }, rest));
    }

    /// <summary>Starts afresh with a directory whose settings or service password were changed.</summary>
    public void Forget(Guid directory)
    {
        foreach (var key in _resting.Keys)
            if (key.Directory == directory)
                _resting.TryRemove(key, out _);
    }

    public void Answered(Guid directory, string server) => _resting.TryRemove((directory, server), out _);

    public void Failed(Guid directory, string server, string why) =>
        _resting.AddOrUpdate(
            (directory, server),
            _ => new(time.GetUtcNow() + s_first, s_first, why, IsTried: false),
            (_, before) =>
            {
                // Many who failed at the same time are one failure.
                if (!before.IsTried && before.Until > time.GetUtcNow())
                    return before;
                var length = before.Length * 2 < s_longest ? before.Length * 2 : s_longest;
                return new(time.GetUtcNow() + length, length, why, IsTried: false);
            });

    /// <summary>Why a server is left alone and until when; null when it is not.</summary>
    public (string Why, DateTimeOffset Until)? Resting(Guid directory, string server) =>
        _resting.TryGetValue((directory, server), out var rest) && rest.Until > time.GetUtcNow() ? (rest.Why, rest.Until) : null;

    private sealed record Rest(DateTimeOffset Until, TimeSpan Length, string Why, bool IsTried);
}
