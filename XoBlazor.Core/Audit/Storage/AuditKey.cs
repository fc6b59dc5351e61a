using System.Security.Cryptography;

namespace XoBlazor.Core.Audit.Storage;

/// <summary>The key that seals the chain's ends: 32 random bytes in a file of their own, readable by its owner alone.</summary>
internal static class AuditKey
{
    private const int Size = 32;

    /// <summary>Makes the key where there is none yet. Fails with <see cref="AuditException"/> when the records have outlived it.</summary>
    public static byte[] LoadOrCreate(string file, bool hasRecords)
    {
        if (File.Exists(file))
            return Load(file);
        if (hasRecords)
            throw new AuditException($"The key that seals the audit is missing: {file}. Put it back or restore a backup; nothing was changed.");

        var key = RandomNumberGenerator.GetBytes(Size);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var written = new FileStream(file, options);
        written.Write(key);
        written.Flush(flushToDisk: true);
        return key;
    }

    public static byte[] Load(string file)
    {
        if (!File.Exists(file))
            throw new AuditException($"The key that seals the audit is missing: {file}.");
        return File.ReadAllBytes(file) is { Length: Size } key
            ? key
            : throw new AuditException($"{file} does not hold the key that seals the audit (it has not {Size} bytes). Put the right file back or restore a backup.");
    }
}
