namespace XoBlazor.App.Accounts.Passwords;

/// <summary>
/// Lets the passwords for one account be tried one after the other, so that a hundred guesses at the same moment, from a hundred addresses, do not all
/// get by before the first is counted. Accounts share a few dozen turns; what is done in one takes as long as a password does. Safe from any thread.
/// </summary>
internal sealed class GuessTurns : IDisposable
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the account's turn, which lasts until the answer is disposed.</summary>
    public async Task<IDisposable> TakeAsync(Guid account)
    {
        var turn = _turns[(uint)account.GetHashCode() % (uint)_turns.Length];
        await turn.WaitAsync();
        return new Turn(turn);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_turns, static turn => turn.Dispose());

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
