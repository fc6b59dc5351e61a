using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Backups;

/// <summary>
/// Writes a backup of a data directory, whether a server runs on it or not. The result appears under its name only when it is
/// whole. It holds the keys, so it is readable by its owner alone.
/// </summary>
internal sealed class BackupWriter(DataDirectory data, TimeProvider time)
{
    /// <summary>Writes the backup and returns how many bytes it has.</summary>
    public long Write(string file, bool overwrite)
    {
        var target = Path.GetFullPath(file);
        if (!File.Exists(data.DatabaseFile))
            throw new StartupException($"There is nothing to back up: {data.Root} holds no database. Name the server's data directory with --data-dir.");
        if (Directory.Exists(target))
            throw new StartupException($"{target} is a folder. Name a file, for example {Path.Combine(target, "xo-blazor.backup")}.");
        if (File.Exists(target) && !overwrite)
            throw new StartupException($"{target} exists already. Name another file, or add --overwrite to replace it.");

        var staging = target + ".staging";
        try
        {
            Directory.CreateDirectory(staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var manifest = Stage(staging);
            Pack(staging, manifest, target + ".partial");
            File.Move(target + ".partial", target, overwrite);
            return new FileInfo(target).Length;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The backup {target} could not be written: {problem.Message.TrimEnd('.')}. Nothing was replaced.", problem);
        }
        finally
        {
            File.Delete(target + ".partial");
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    // The database comes before the keys: keys are only ever added, so those copied later open what was copied earlier.
    private BackupManifest Stage(string staging)
    {
        var files = new List<BackupFile>();
        foreach (var path in BackupContent.Files(data))
        {
            var source = Path.Combine(data.Root, path);
            var copy = Path.Combine(staging, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (TryCopy(source, copy))
                files.Add(Describe(path, copy));
        }
        return new BackupManifest(BackupManifest.CurrentFormat, ProductVersion.Text, time.GetUtcNow(), files);
    }

    // A running server may remove old journal files at any moment; one that is gone was too old to keep.
    private static bool TryCopy(string source, string copy)
    {
        try
        {
            if (SqliteCopy.IsDatabase(source))
                SqliteCopy.Copy(source, copy);
            else
                CopyAsItIs(source, copy);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static void CopyAsItIs(string source, string copy)
    {
        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var to = PrivateFile.Create(copy);
        from.CopyTo(to);
    }

    private static BackupFile Describe(string path, string copy)
    {
        using var content = File.OpenRead(copy);
        return new BackupFile(path, content.Length, Convert.ToHexString(SHA256.HashData(content)));
    }

    private static void Pack(string staging, BackupManifest manifest, string partial)
    {
        using var file = PrivateFile.Create(partial);
        using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest)) });
            foreach (var one in manifest.Files)
            {
                using var content = File.OpenRead(Path.Combine(staging, one.Path));
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, one.Path) { DataStream = content });
            }
        }
        file.Flush(flushToDisk: true);
    }
}
