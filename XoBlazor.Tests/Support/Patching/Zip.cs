using System.IO.Compression;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>Zip files in memory.</summary>
internal static class Zip
{
    public static byte[] Of(params IReadOnlyList<(string Name, byte[] Content)> entries)
    {
        var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return output.ToArray();
    }
}
