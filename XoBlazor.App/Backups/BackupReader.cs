using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Backups;

/// <summary>
/// Unpacks a backup into a folder of its own and proves that a server could run on it: complete, unaltered, sound databases,
/// keys that fit, not of a newer version. The file is hostile until then.
/// </summary>
internal static class BackupReader
{
    private const int LargestManifest = 16 * 1024 * 1024;

    /// <summary>Unpacks into <paramref name="folder"/>, which is made. Throws <see cref="StartupException"/> and leaves nothing when anything is wrong.</summary>
    public static BackupManifest Unpack(string file, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var manifest = Extract(file, folder);
            Prove(file, folder, manifest);
            return manifest;
        }
        catch (Exception problem)
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            throw problem switch
            {
                StartupException => problem,
                FileNotFoundException or DirectoryNotFoundException => new StartupException($"The backup {file} does not exist.", problem),
                InvalidDataException or EndOfStreamException or JsonException or FormatException => NotOurs(file, problem),
                IOException or UnauthorizedAccessException => new StartupException($"The backup {file} could not be unpacked: {problem.Message.TrimEnd('.')}. Nothing was replaced.", problem),
                _ => problem,
            };
        }
    }

    private static BackupManifest Extract(string file, string folder)
    {
        using var stream = File.OpenRead(file);
        using var zip = new GZipStream(stream, CompressionMode.Decompress);
        using var tar = new TarReader(zip);

        var manifest = ReadManifest(tar, file);
        foreach (var expected in manifest.Files)
        {
            var entry = tar.GetNextEntry();
            if (entry is not { EntryType: TarEntryType.RegularFile, DataStream: not null } || entry.Name != expected.Path || entry.Length != expected.Length || !BackupContent.IsPlausible(expected.Path))
                throw NotOurs(file);

            var target = Path.Combine(folder, expected.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var copy = PrivateFile.Create(target);
            entry.DataStream.CopyTo(copy);
            copy.Flush(flushToDisk: true);
            // A compressed stream that was cut off may simply end early.
            if (copy.Length != expected.Length)
                throw NotOurs(file);
        }
        return manifest;
    }

    private static BackupManifest ReadManifest(TarReader tar, string file)
    {
        var first = tar.GetNextEntry();
        if (first is not { DataStream: not null } || first.Name != BackupManifest.Name || first.Length > LargestManifest)
            throw NotOurs(file);

        var manifest = JsonSerializer.Deserialize<BackupManifest>(first.DataStream) ?? throw NotOurs(file);
        return manifest.Format == BackupManifest.CurrentFormat
            ? manifest
            : throw new StartupException($"The backup {file} has format {manifest.Format}, which this version does not know. It was made by xo-blazor {manifest.Version}; restore it with that version.");
    }

    private static void Prove(string file, string folder, BackupManifest manifest)
    {
        foreach (var one in manifest.Files)
        {
            var path = Path.Combine(folder, one.Path);
            using (var content = File.OpenRead(path))
                if (Convert.ToHexString(SHA256.HashData(content)) != one.Sha256)
                    throw new StartupException($"The backup {file} is damaged: '{one.Path}' in it is not what was backed up. Use another backup; nothing was replaced.");
            if (SqliteCopy.IsDatabase(path) && SqliteCopy.FindDamage(path) is { } damage)
                throw new StartupException($"The backup {file} is damaged: the database '{one.Path}' in it is broken ({damage}). Use another backup; nothing was replaced.");
        }

        var database = Path.Combine(folder, "xo-blazor.db");
        if (!File.Exists(database))
            throw NotOurs(file);
        KeyRing.Check(database, Path.Combine(folder, "keys"));
        RefuseNewer(file, database, manifest);
    }

    private static void RefuseNewer(string file, string databaseFile, BackupManifest manifest)
    {
        using var database = new AppDatabase(new DbContextOptionsBuilder<AppDatabase>().UseSqlite($"Data Source={databaseFile};Pooling=False").Options);
        if (database.Database.GetAppliedMigrations().Except(database.Database.GetMigrations()).Any())
            throw new StartupException($"The backup {file} was made by the newer version {manifest.Version}. Install that version first; nothing was replaced.");
    }

    private static StartupException NotOurs(string file, Exception? problem = null) =>
        new($"{file} is not a backup made by 'xo-blazor backup', or it is cut off. Nothing was replaced.", problem);
}
