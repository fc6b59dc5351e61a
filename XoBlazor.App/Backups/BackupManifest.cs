namespace XoBlazor.App.Backups;

/// <summary>The first entry of a backup: what is in it, so that a cut-off or altered file is noticed before anything is replaced.</summary>
/// <param name="Format">The layout of the file; a reader refuses one it does not know.</param>
/// <param name="Version">The version that made it.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Files">Every file, by its path below the data directory.</param>
internal sealed record BackupManifest(int Format, string Version, DateTimeOffset Created, IReadOnlyList<BackupFile> Files)
{
    public const string Name = "manifest.json";
    public const int CurrentFormat = 1;
}

/// <summary>One file of a backup.</summary>
internal sealed record BackupFile(string Path, long Length, string Sha256);
