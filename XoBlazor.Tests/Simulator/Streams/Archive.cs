using System.Formats.Tar;
using System.IO.Compression;

namespace XoBlazor.Tests.Simulator.Streams;

/// <summary>An XVA taken apart by a reader that is not the simulator's.</summary>
internal static class Archive
{
    public static IReadOnlyList<(string Name, byte[] Bytes)> Read(byte[] archive)
    {
        var files = new List<(string, byte[])>();
        using var reader = new TarReader(new MemoryStream(archive));
        while (reader.GetNextEntry() is { } entry)
        {
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            files.Add((entry.Name, bytes.ToArray()));
        }

        return files;
    }

    public static byte[] Write(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.V7, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
                writer.WriteEntry(new V7TarEntry(TarEntryType.V7RegularFile, name) { DataStream = new MemoryStream(bytes) });
        }

        return archive.ToArray();
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    public static byte[] Decompress(byte[] bytes)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)) gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
