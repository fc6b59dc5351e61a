using XoBlazor.App.Accounts.Passwords;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>
/// Counts wrong passwords of people whom a directory has and who never signed in here, so that they are locked as accounts are
/// (<see cref="PasswordCheck.LockAfter"/>). In memory and bounded: of very many people those who failed longest ago are forgotten. Thread-safe.
/// </summary>
internal sealed class StrangerLocks(TimeProvider time)
{
    /// <summary>People remembered at most.</summary>
    public const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Directory, string Person), Failures> _known = [];

    /// <summary>People remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _known.Count;
        }
    }

    public bool IsLocked(Guid directory, string person)
    {
        lock (_gate)
            return _known.TryGetValue((directory, person), out var failures) && failures.Until > time.GetUtcNow();
    }

    /// <summary>Counts one more. Returns how many there were and until when that locks the person.</summary>
    public (int Failures, DateTimeOffset? Until) Fail(Guid directory, string person)
    {
        var (key, now) = ((directory, person), time.GetUtcNow());
        lock (_gate)
        {
            var count = _known.GetValueOrDefault(key).Count + 1;
            if (count == 1 && _known.Count >= Most)
                _known.Remove(_known.MinBy(one => one.Value.Last).Key);
            var until = now + PasswordCheck.LockAfter(count);
            _known[key] = new(count, now, until);
            return (count, until);
        }
    }

    public void Forget(Guid directory, string person)
    {
        lock (_gate)
            _known.Remove((directory, person));
    }

    private readonly record struct Failures(int Count, DateTimeOffset Last, DateTimeOffset? Until);
}
