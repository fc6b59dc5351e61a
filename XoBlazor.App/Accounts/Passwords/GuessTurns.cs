namespace XoBlazor.App.Accounts.Passwords;

/// <summary>
/// Lets those who guess at one thing (a name at the door, an account, a person of a directory) take turns, so that a hundred guesses at the same moment,
/// from a hundred addresses, do not all get by before the first is counted. Who guesses at something else never waits for them, however long a turn lasts.
/// What nobody waits for any more is forgotten, so names without end leave nothing behind. Safe from any thread.
/// </summary>
internal sealed class GuessTurns(TimeProvider time)
{
    /// <summary>How many may stand in one line, whoever has the turn among them.</summary>
    public const int Most = 32;

    /// <summary>What somebody is told who did not get a turn.</summary>
    public const string Crowded = "Too many are trying this name at the moment, and your attempt was not looked at. Try again in a minute.";

    /// <summary>The same for the audit.</summary>
    public const string NotTried = "not tried: too many attempts at once";

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = [];

    /// <summary>Lines in which somebody stands now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _lines.Count;
        }
    }

    /// <summary>
    /// Waits for the turn, which lasts until the answer is disposed. Null when the line is too long, or the wait.
    /// </summary>
    /// <param name="about">What is guessed at.</param>
    /// <param name="longest">How long to wait; half a minute when not said.</param>
    public async Task<IDisposable?> TakeAsync(string about, CancellationToken token, TimeSpan? longest = null)
    {
        if (Enter(about) is not { } line)
            return null;

        using var patience = new CancellationTokenSource(longest ?? s_longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        try
        {
            await line.Turn.WaitAsync(either.Token);
            return new Taken(this, about, line);
        }
        catch (OperationCanceledException)
        {
            Leave(about, line);
            token.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>One line for a name, however it is spelt and with whatever domain.</summary>
    public static string Name(string? typed)
    {
        var name = (typed ?? "").AsSpan().Trim();
        name = name[(name.LastIndexOf('\\') + 1)..];
        if (name.IndexOf('@') is > 0 and var at)
            name = name[..at];
        return $"name {name[..Math.Min(name.Length, Ldap.DirectoryUsers.LongestName)].ToString().ToUpperInvariant()}";
    }

    public static string Account(Guid account) => $"account {account:N}";

    private Line? Enter(string about)
    {
        lock (_gate)
        {
            if (!_lines.TryGetValue(about, out var line))
                _lines.Add(about, line = new Line());
            if (line.People == Most)
                return null;
            line.People++;
            return line;
        }
    }

    private void Leave(string about, Line line)
    {
        lock (_gate)
        {
            if (--line.People == 0)
                _lines.Remove(about);
        }
    }

    private sealed class Line
    {
        // Never disposed: without a wait handle there is nothing to give back.
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int People { get; set; }
    }

    private sealed class Taken(GuessTurns turns, string about, Line line) : IDisposable
    {
        public void Dispose()
        {
            line.Turn.Release();
            turns.Leave(about, line);
        }
    }
}
