using System.Text.Json;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Backups;

/// <summary>
/// A proven backup that lies in the data directory, waiting to become its content. Putting it in place is a row of renames that a
/// crash may interrupt anywhere: the next start goes on where it stopped. What was there before moves to <c>copies</c>.
/// </summary>
internal sealed class PendingRestore(DataDirectory data)
{
    private const string PlanName = "plan.json";

    /// <summary>Where it lies; the folder appears whole, by a rename.</summary>
    public string Folder => Path.Combine(data.Root, "restore.pending");

    public bool Exists => Directory.Exists(Folder);

    /// <summary>Writes into an unpacked backup how it is to be put in place.</summary>
    public void Plan(string unpacked, DateTimeOffset now)
    {
        var names = Directory.EnumerateFileSystemEntries(unpacked).Select(path => Path.GetFileName(path)!).ToArray();
        var plan = new Replacement(Path.Combine(data.CopiesFolder, $"before-restore-{now:yyyyMMdd-HHmmss}"), names);
        PrivateFile.Write(Path.Combine(unpacked, PlanName), JsonSerializer.SerializeToUtf8Bytes(plan));
    }

    /// <summary>Makes an unpacked and planned backup the pending one. A running server takes it over from this moment on.</summary>
    public void Announce(string unpacked)
    {
        if (Exists)
            Directory.Delete(Folder, recursive: true);
        Directory.Move(unpacked, Folder);
    }

    /// <summary>
    /// Puts the pending backup in place; the caller holds the data directory's lock. Returns where the earlier content is kept, or
    /// null when there was none.
    /// </summary>
    public string? Apply()
    {
        var plan = JsonSerializer.Deserialize<Replacement>(File.ReadAllBytes(Path.Combine(Folder, PlanName)))!;
        foreach (var name in BackupContent.ReplacedNames)
            Replace(name, plan);
        File.Delete(Path.Combine(Folder, PlanName));
        Directory.Delete(Folder, recursive: true);
        return Directory.Exists(plan.Kept) ? plan.Kept : null;
    }

    private void Replace(string name, Replacement plan)
    {
        var current = Path.Combine(data.Root, name);
        var restored = Path.Combine(Folder, name);
        var isRestored = plan.Names.Contains(name, StringComparer.Ordinal);
        // A restored name that is no longer pending was put in place before a crash: what is there now is the restored one.
        if (isRestored && !Path.Exists(restored))
            return;

        if (Path.Exists(current) && !IsEmptyFolder(current))
        {
            Directory.CreateDirectory(plan.Kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.Move(current, Path.Combine(plan.Kept, name));
        }
        if (!isRestored)
            return;

        if (Directory.Exists(current))
            Directory.Delete(current);
        Directory.Move(restored, current);
    }

    private static bool IsEmptyFolder(string path) => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();

    private sealed record Replacement(string Kept, string[] Names);
}
