namespace XoBlazor.App.Hosting;

/// <summary>
/// The one folder everything durable lives in: database, journal, keys, certificate, settings. Made at first start for its owner
/// alone. Paths only; nothing here opens a file.
/// </summary>
public sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Names the folder without touching it.</summary>
    public DataDirectory(string root) => Root = Path.GetFullPath(root);

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>Settings the administrator wrote; optional.</summary>
    public string SettingsFile => Path.Combine(Root, "appsettings.json");

    /// <summary>Accounts, pools and settings (SQLite).</summary>
    public string DatabaseFile => Path.Combine(Root, "xo-blazor.db");

    /// <summary>The keys that seal secrets in the database.</summary>
    public string KeysFolder => Path.Combine(Root, "keys");

    /// <summary>The record of every change.</summary>
    public string JournalFolder => Path.Combine(Root, "journal");

    /// <summary>Our own history of figures.</summary>
    public string MetricsFolder => Path.Combine(Root, "metrics");

    /// <summary>The record of what people did.</summary>
    public string AuditFolder => Path.Combine(Root, "audit");

    /// <summary>Catalogues of updates, as they were fetched or uploaded.</summary>
    public string CatalogueFolder => Path.Combine(Root, "catalogue");

    /// <summary>Seals the audit; away from the records, among the other keys.</summary>
    public string AuditKeyFile => Path.Combine(KeysFolder, "audit.key");

    /// <summary>The self-signed certificate.</summary>
    public string TlsFolder => Path.Combine(Root, "tls");

    /// <summary>Plugins unpacked, and where they work; made again from their packages in the database.</summary>
    public string PluginsFolder => Path.Combine(Root, "plugins");

    /// <summary>Copies made before a migration or a restore.</summary>
    public string CopiesFolder => Path.Combine(Root, "copies");

    /// <summary>Held by the running server, so that no second one opens the same data.</summary>
    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>
    /// The folder to use: the one named, or <c>xo-blazor</c> in the user's data folder. A supervisor has to name one.
    /// </summary>
    public static DataDirectory Choose(string? named, Func<string, string?> environment, int processId)
    {
        if (!string.IsNullOrWhiteSpace(named))
            return new DataDirectory(named);

        if (Supervisor.Detect(environment, processId) is { } supervisor)
            throw new StartupException($"Started by {supervisor}, and nothing says where data goes. Add --data-dir DIR, for example --data-dir /var/lib/xo-blazor.");

        var home = environment("XDG_DATA_HOME") is { Length: > 0 } data ? data
            : environment("HOME") is { Length: > 1 } user ? Path.Combine(user, ".local", "share")
            : throw new StartupException("There is no home folder to keep data in. Add --data-dir DIR.");
        return new DataDirectory(Path.Combine(home, "xo-blazor"));
    }

    /// <summary>Makes the folder where it is missing and proves that it can be written.</summary>
    public void Prepare()
    {
        try
        {
            if (!Directory.Exists(Root))
                Directory.CreateDirectory(Root, OwnerOnly);
            foreach (var folder in new[] { KeysFolder, TlsFolder, CopiesFolder })
                if (!Directory.Exists(folder))
                    Directory.CreateDirectory(folder, OwnerOnly);
            ProveWritable();
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new StartupException($"The data directory {Root} cannot be written by user {Environment.UserName}. Change its owner (chown {Environment.UserName} {Root}) or name another one with --data-dir.", problem);
        }
        catch (IOException problem)
        {
            throw new StartupException($"The data directory {Root} cannot be used: {problem.Message.TrimEnd('.')}. Free some space, correct the path, or name another one with --data-dir.", problem);
        }
    }

    private void ProveWritable()
    {
        var probe = Path.Combine(Root, $".probe-{Environment.ProcessId}");
        try
        {
            using var file = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            file.Write(new byte[4096]);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
