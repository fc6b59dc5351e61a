using XoBlazor.App.Hosting;

namespace XoBlazor.App.Backups;

/// <summary>What of a data directory is worth keeping: everything but locks, earlier copies and what can be made again.</summary>
internal static class BackupContent
{
    private static readonly string[] s_names = ["xo-blazor.db", "keys", "audit", "journal", "metrics", "catalogue", "tls", "appsettings.json"];

    // SQLite's side files: their content is in the copy of the database itself.
    private static readonly string[] s_sideFiles = ["-wal", "-shm", "-journal", ".partial", ".lock"];

    // What was set aside because it was damaged: no database that could be copied.
    private static readonly string[] s_setAside = ["/journal/damaged-", "/metrics/damaged-"];

    /// <summary>The names at the top of a data directory that a restore replaces, SQLite's side files included.</summary>
    public static IEnumerable<string> ReplacedNames => s_names.Concat(["xo-blazor.db-wal", "xo-blazor.db-shm"]);

    /// <summary>The files to back up, as paths below the data directory.</summary>
    public static IEnumerable<string> Files(DataDirectory data) => s_names
        .Select(name => Path.Combine(data.Root, name))
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : File.Exists(path) ? [path] : [])
        .Where(path => !Array.Exists(s_sideFiles, path.EndsWith) && !Array.Exists(s_setAside, path.Contains))
        .Select(path => Path.GetRelativePath(data.Root, path));

    /// <summary>Whether a path in a backup is one that a backup may hold: below a known name, and nowhere else.</summary>
    public static bool IsPlausible(string path)
    {
        var parts = path.Split('/');
        return s_names.Contains(parts[0], StringComparer.Ordinal) && !parts.Any(part => part is "" or "." or "..") && !path.Any(char.IsControl);
    }
}
