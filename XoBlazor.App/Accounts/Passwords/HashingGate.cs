namespace XoBlazor.App.Accounts.Passwords;

/// <summary>
/// A password costs processor time on purpose, and whoever stands at a door can have it spent. So only so many are hashed at once, whichever way they
/// came, and one core stays for everybody else. Waiting for a directory costs nothing and is done outside. Safe from any thread.
/// </summary>
internal sealed class HashingGate : IDisposable
{
    /// <summary>Passwords at once.</summary>
    public static readonly int Most = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly SemaphoreSlim _room = new(Most, Most);

    public async Task<T> RunAsync<T>(Func<Task<T>> hash)
    {
        await _room.WaitAsync();
        try
        {
            return await hash();
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();
}
