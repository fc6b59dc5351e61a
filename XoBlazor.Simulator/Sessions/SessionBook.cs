using System.Collections.Concurrent;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Sessions;

/// <summary>
/// The sessions of a pool: rows that make no events, plus a token for each that ends what waits under it. Too many sessions of one
/// originator push out the one that was unused longest; a day without a call ends a session. Any thread may call.
/// </summary>
internal sealed class SessionBook(Database db, PoolOptions options, TimeProvider time) : IDisposable
{
    private const int MostAnonymous = 400;
    private const int MostOfOriginator = 500;
    private static readonly TimeSpan s_longestIdle = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>A new session's reference, or SESSION_AUTHENTICATION_FAILED.</summary>
    public string LogIn(string user, string password, string originator)
    {
        if (user != options.User)
            throw new XapiException("SESSION_AUTHENTICATION_FAILED", user, "User not known to the underlying authentication module");
        if (password != options.Password)
            throw new XapiException("SESSION_AUTHENTICATION_FAILED", user, "Authentication failure");
        return Open(user, originator, isLocal: false);
    }

    /// <summary>A session that a pool member grants by itself; it opens nothing on the coordinator.</summary>
    public string LogInLocally(string user, string password)
    {
        if (user != options.User || password != options.Password)
            throw new XapiException("SESSION_AUTHENTICATION_FAILED", user, "Authentication failure");
        return Open(user, "", isLocal: true);
    }

    /// <summary>Marks the session as used and gives the token that ends with it; SESSION_INVALID when there is no such session.</summary>
    public CancellationToken Use(string session)
    {
        if (!_entries.TryGetValue(session, out var entry))
            throw new XapiException("SESSION_INVALID", session);
        var now = time.GetUtcNow();
        if (now - entry.LastUsed > s_longestIdle)
        {
            Close(session);
            throw new XapiException("SESSION_INVALID", session);
        }

        entry.LastUsed = now;
        return entry.End.Token;
    }

    public bool IsLocal(string session) => _entries.TryGetValue(session, out var entry) && entry.IsLocal;

    public void Close(string session)
    {
        if (!_entries.TryRemove(session, out var entry))
            return;
        db.Destroy("session", session);
        entry.End.Cancel();
        entry.End.Dispose();
    }

    /// <summary>As after a restart of the toolstack: nobody is logged in any more.</summary>
    public void CloseAll()
    {
        foreach (var session in _entries.Keys)
            Close(session);
    }

    public void Dispose() => CloseAll();

    private string Open(string user, string originator, bool isLocal)
    {
        MakeRoom(originator);
        var now = time.GetUtcNow();
        var session = db.Create(
            "session",
            ("this_host", db.Coordinator.Ref), ("last_active", now), ("validation_time", now), ("is_local_superuser", true),
            ("auth_user_name", user), ("originator", originator)).Ref;
        _entries[session] = new(originator, isLocal, now);
        return session;
    }

    private void MakeRoom(string originator)
    {
        var most = originator.Length == 0 ? MostAnonymous : MostOfOriginator;
        var same = _entries.Where(e => e.Value.Originator == originator).OrderBy(e => e.Value.LastUsed).ToList();
        foreach (var (session, _) in same.Take(Math.Max(0, same.Count - most + 1)))
            Close(session);
    }

    private sealed class Entry(string originator, bool isLocal, DateTimeOffset lastUsed)
    {
        public string Originator { get; } = originator;

        public bool IsLocal { get; } = isLocal;

        public DateTimeOffset LastUsed { get; set; } = lastUsed;

        public CancellationTokenSource End { get; } = new();
    }
}
