using System.Globalization;
using System.Text;
using XoBlazor.Core.Transfers.Xva;

namespace XoBlazor.Benchmarks.Transfers;

/// <summary>An XVA of one disk of any size, as a host sends it: each mebibyte with its checksum. Made as it is sent, at the cost of writing two heads a block.</summary>
internal sealed class MadeArchive
{
    private const int Block = 1 << 20;
    private const int Head = 512;

    private readonly byte[] _piece = new byte[Head + Block + Head + Head];
    private readonly long _blocks;

    public MadeArchive(long blocks)
    {
        _blocks = blocks;
        new Random(1).NextBytes(_piece.AsSpan(Head, Block));
        var hash = new XxHash64();
        hash.Reset();
        hash.Add(_piece.AsSpan(Head, Block));
        Encoding.ASCII.GetBytes(hash.Sum().ToString("X16", CultureInfo.InvariantCulture), _piece.AsSpan(Head + Block + Head));
    }

    public async Task WriteAsync(Stream target)
    {
        var description = Encoding.ASCII.GetBytes(Description(_blocks * Block));
        var first = new byte[Head + ((description.Length + Head - 1) / Head * Head)];
        WriteHead(first, "ova.xml", description.Length);
        description.CopyTo(first, Head);
        await target.WriteAsync(first);
        for (var block = 0L; block < _blocks; block++)
        {
            WriteHead(_piece, $"Ref:3/{block:D8}", Block);
            WriteHead(_piece.AsSpan(Head + Block), $"Ref:3/{block:D8}.xxhash", 16);
            await target.WriteAsync(_piece);
        }

        await target.WriteAsync(new byte[2 * Head]);
    }

    private static void WriteHead(Span<byte> head, string name, long size)
    {
        head[..Head].Clear();
        Encoding.ASCII.GetBytes(name, head);
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), head[124..]);
        head[156] = (byte)'0';
        head.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in head[..Head])
            sum += value;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", head[148..]);
    }

    private static string Description(long size) =>
        $"<value><struct>{Member("objects", $"<array><data>{Record("VBD", "Ref:2", Member("VDI", "Ref:3") + Member("type", "Disk") + Member("empty", "0") + Member("userdevice", "0"))}{Record("VDI", "Ref:3", Member("name_label", "disk") + Member("virtual_size", $"{size}"))}</data></array>")}</struct></value>";

    private static string Record(string type, string id, string fields) => $"<value><struct>{Member("class", type)}{Member("id", id)}{Member("snapshot", $"<struct>{fields}</struct>")}</struct></value>";

    private static string Member(string name, string value) => $"<member><name>{name}</name><value>{value}</value></member>";
}
