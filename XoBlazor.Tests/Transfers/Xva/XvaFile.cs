using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Tests.Transfers.Xva;

/// <summary>An XVA made by hand, file by file, so that a test can spoil any of them; archive and checksums are not of the code under test.</summary>
internal sealed class XvaFile
{
    public const int MiB = 1 << 20;

    public List<(string Name, byte[] Content)> Files { get; } = [];

    /// <summary>A VM of disks with all blocks, each of bytes that are its own.</summary>
    public static XvaFile Of(params (string Id, string Name, long Size)[] disks) => Of(isSha1: false, disks);

    public static XvaFile Of(bool isSha1, params (string Id, string Name, long Size)[] disks)
    {
        var file = new XvaFile();
        file.Files.Add(("ova.xml", Encoding.UTF8.GetBytes(Description(disks))));
        foreach (var (id, _, size) in disks)
            for (var block = 0L; block * MiB < size; block++)
                file.AddBlock($"{id}/{block:D8}", Bytes((int)Math.Min(MiB, size - (block * MiB)), (id, block).GetHashCode()), isSha1);
        return file;
    }

    public void AddBlock(string name, byte[] content, bool isSha1 = false)
    {
        Files.Add((name, content));
#pragma warning disable CA5350 // What older hosts wrote.
        var sum = isSha1 ? Convert.ToHexStringLower(SHA1.HashData(content)) : XxHash64.Hash(content).ToString("X16", CultureInfo.InvariantCulture);
#pragma warning restore CA5350
        Files.Add(($"{name}.{(isSha1 ? "checksum" : "xxhash")}", Encoding.ASCII.GetBytes(sum)));
    }

    /// <summary>Takes a block out, with its sum.</summary>
    public XvaFile Without(string name)
    {
        Files.RemoveAll(file => file.Name == name || file.Name.StartsWith($"{name}.", StringComparison.Ordinal));
        return this;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar))
            foreach (var (name, content) in Files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        return bytes.ToArray();
    }

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Description((string Id, string Name, long Size)[] disks)
    {
        var xml = new StringBuilder("<value><struct>")
            .Append(Member("version", Struct(Member("export_vsn", "2")))).Append("<member><name>objects</name><value><array><data>")
            .Append(Record("VM", "Ref:0", ("name_label", "web"), ("suspend_VDI", "OpaqueRef:NULL")))
            .Append(Record("VBD", "Ref:cd", ("VDI", "OpaqueRef:NULL"), ("type", "CD"), ("empty", "1"), ("userdevice", "3")));
        for (var place = 0; place < disks.Length; place++)
            xml.Append(Record("VBD", $"Ref:{900 + place}", ("VDI", disks[place].Id), ("type", "Disk"), ("empty", "0"), ("userdevice", $"{place}")))
                .Append(Record("VDI", disks[place].Id, ("name_label", disks[place].Name), ("virtual_size", $"{disks[place].Size}")));
        return xml.Append("</data></array></value></member></struct></value>").ToString();
    }

    private static string Record(string type, string id, params (string Name, string Value)[] fields) =>
        $"<value>{Struct(Member("class", type) + Member("id", id) + Member("snapshot", Struct(Member("other_config", Struct(Member("name_label", "inside"))) + string.Concat(fields.Select(field => Member(field.Name, field.Value))))))}</value>";

    private static string Struct(string members) => $"<struct>{members}</struct>";

    private static string Member(string name, string value) => $"<member><name>{name}</name><value>{value}</value></member>";
}
