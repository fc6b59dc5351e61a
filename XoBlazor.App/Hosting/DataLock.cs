namespace XoBlazor.App.Hosting;

/// <summary>
/// The exclusive right to a data directory, held while a server runs on it and by a command that replaces its content.
/// The operating system frees it when the process ends, however it ends.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;
    private readonly TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DataLock(FileStream file) => _file = file;

    /// <summary>Completes when the lock is free again, so the server's other services are gone.</summary>
    public Task Freed => _freed.Task;

    /// <summary>
    /// Takes the lock as the very first of a server's services, which makes it the last to go: whoever gets the directory next, or waits for
    /// <see cref="Freed"/>, finds every file in it closed.
    /// </summary>
    public static void HoldFor(WebApplication app) => app.Services.GetRequiredService<DataLock>();

    /// <summary>Takes the lock, or returns null when another process holds it.</summary>
    public static DataLock? TryTake(DataDirectory data)
    {
        try
        {
            return new DataLock(new FileStream(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(data.LockFile))
        {
            return null;
        }
    }

    /// <summary>Takes the lock or says who has to go.</summary>
    public static DataLock Take(DataDirectory data) => TryTake(data)
        ?? throw new StartupException($"Another xo-blazor is running on the data directory {data.Root}. Stop it, or name another directory with --data-dir.");

    public void Dispose()
    {
        _file.Dispose();
        _freed.TrySetResult();
    }
}
