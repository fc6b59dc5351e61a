using System.IO.Compression;
using System.Security.Cryptography;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins.Packages;

/// <summary>
/// A plugin as a zip, looked through before anything of it is used: <c>plugin.json</c> lies at its top, and its names lead nowhere but into it. Hostile until
/// <see cref="Open"/> returns, which fails with <see cref="PluginException"/>. Immutable.
/// </summary>
public sealed class PluginPackage
{
    /// <summary>Of the zip.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>Of all files together, unpacked.</summary>
    public const int MostUnpacked = 16 * 1024 * 1024;

    public const int MostFiles = 1000;

    private const int LongestName = 200;
    private const int TypeOfFile = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Dictionary<string, byte[]> _files;

    private PluginPackage(byte[] zip, Dictionary<string, byte[]> files)
    {
        (Zip, _files) = (zip, files);
        Manifest = ManifestReader.Read(files.TryGetValue(ManifestReader.FileName, out var manifest) ? manifest
            : throw new PluginException($"The zip has no {ManifestReader.FileName} at its top. Zip the plugin's files, not the folder around them."));
        Hash = Convert.ToHexStringLower(SHA256.HashData(zip));
    }

    /// <summary>As it came; not to be changed.</summary>
    public byte[] Zip { get; }

    /// <summary>SHA-256 of the zip, in hexadecimal digits.</summary>
    public string Hash { get; }

    public PluginManifest Manifest { get; }

    public static PluginPackage Open(byte[] zip)
    {
        if (zip.Length > MostBytes)
            throw new PluginException($"The zip is larger than {MostBytes / 1024 / 1024} MiB. Leave out what the plugin does not need to run.");
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip, writable: false));
            return new(zip, Read(archive));
        }
        catch (InvalidDataException)
        {
            throw new PluginException("This is no zip that can be read. Zip the plugin's files again, without a password.");
        }
    }

    public IEnumerable<string> Names => _files.Keys;

    public bool Has(string name) => _files.ContainsKey(name);

    /// <summary>The bytes of a file, not to be changed; null when there is none.</summary>
    public byte[]? Content(string name) => _files.GetValueOrDefault(name);

    /// <summary>Puts the files into a folder, in the place of all that is there.</summary>
    public void UnpackTo(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder, OwnerOnly);
        foreach (var (name, content) in _files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly);
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            file.Write(content);
        }
    }

    private static Dictionary<string, byte[]> Read(ZipArchive archive)
    {
        if (archive.Entries.Count > MostFiles)
            throw new PluginException($"The zip has more than {MostFiles} files.");
        // Names that differ only in case are one and the same elsewhere; nobody means two.
        var files = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var left = MostUnpacked;
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName;
            if (Fault(entry) is { } fault)
                throw new PluginException($"The zip's entry '{ForeignText.Shown(name.Length > 80 ? name[..80] + "…" : name)}' {fault}.");
            if (name.EndsWith('/'))
                continue;
            if (!files.TryAdd(name, Content(entry, ref left)))
                throw new PluginException($"The zip has '{ForeignText.Shown(name)}' twice.");
        }

        foreach (var name in files.Keys)
            for (var at = name.IndexOf('/'); at >= 0; at = name.IndexOf('/', at + 1))
                if (files.ContainsKey(name[..at]))
                    throw new PluginException($"In the zip '{ForeignText.Shown(name[..at])}' is a file and a folder.");
        return files;
    }

    private static string? Fault(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        var type = (entry.ExternalAttributes >> 16) & TypeOfFile;
        return name.Length is 0 or > LongestName ? $"needs a name of at most {LongestName} characters"
            : name.Any(letter => char.IsControl(letter) || letter is '\\' or ':') ? "has characters in its name that no file here may have"
            : name.TrimEnd('/').Split('/').Any(part => part is "" or "." or "..") ? "leads out of the plugin's folder"
            : type is not (0 or Regular or Folder) ? "is no ordinary file: links and devices are not taken"
            : null;
    }

    // What an entry says of its size is not believed.
    private static byte[] Content(ZipArchiveEntry entry, ref int left)
    {
        using var from = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (from.Read(buffer) is > 0 and var read)
        {
            left -= read;
            if (left < 0)
                throw new PluginException($"The zip holds more than {MostUnpacked / 1024 / 1024} MiB when unpacked.");
            content.Write(buffer, 0, read);
        }
        return content.ToArray();
    }
}
