using System.Buffers.Binary;
using System.Text;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>A zip of any size that is made while it is read: one file that begins as it is told and is noise from then on, deflated as blocks that are not compressed.</summary>
/// <param name="name">The file's.</param>
/// <param name="begin">Its first bytes.</param>
/// <param name="size">Of the file, in bytes.</param>
/// <param name="made">Told before each piece how many bytes of the file there were before it.</param>
internal sealed class StreamedZip(string name, byte[] begin, long size, Action<long> made) : ForwardStream(Null)
{
    private const int Block = 65_535;

    private readonly IEnumerator<byte[]> _pieces = Pieces(Encoding.ASCII.GetBytes(name), begin, size, made).GetEnumerator();
    private ReadOnlyMemory<byte> _left;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left.IsEmpty)
        {
            if (!_pieces.MoveNext())
                return new(0);
            _left = _pieces.Current;
        }

        var length = Math.Min(buffer.Length, _left.Length);
        _left[..length].CopyTo(buffer);
        _left = _left[length..];
        return new(length);
    }

    private static IEnumerable<byte[]> Pieces(byte[] name, byte[] begin, long size, Action<long> made)
    {
        var packed = size + (5 * ((size + Block - 1) / Block));
        yield return [.. Head(0x04034b50, 26, 0, packed, size, name.Length), .. name];

        var (block, crc) = (new byte[5 + Block], uint.MaxValue);
        var noise = new Random(20261123);
        for (var at = 0L; at < size; at += Block)
        {
            made(at);
            var length = (int)Math.Min(Block, size - at);
            noise.NextBytes(block.AsSpan(5));
            if (at == 0)
                begin.CopyTo(block.AsSpan(5));
            block[0] = (byte)(at + length == size ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(1), (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), (ushort)~length);
            foreach (var one in block.AsSpan(5, length))
                crc = s_table[(byte)(crc ^ one)] ^ (crc >> 8);
            yield return length == Block ? block : block[..(5 + length)];
        }

        var sums = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(sums, 0x08074b50);
        BinaryPrimitives.WriteUInt32LittleEndian(sums.AsSpan(4), ~crc);
        BinaryPrimitives.WriteUInt32LittleEndian(sums.AsSpan(8), (uint)packed);
        BinaryPrimitives.WriteUInt32LittleEndian(sums.AsSpan(12), (uint)size);
        yield return sums;
        var list = new byte[46];
        Head(0x02014b50, 28, ~crc, packed, size, name.Length).AsSpan(0, 30).CopyTo(list.AsSpan());
        yield return [.. list, .. name];
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        (end[8], end[10]) = (1, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)(list.Length + name.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)(30 + name.Length + packed + sums.Length));
        yield return end;
    }

    /// <param name="nameAt">Where the name's length stands; all before it stands as far from it in front of a file and in the list.</param>
    private static byte[] Head(uint signature, int nameAt, uint crc, long packed, long size, int name)
    {
        var head = new byte[30];
        BinaryPrimitives.WriteUInt32LittleEndian(head, signature);
        head[nameAt - 20] = 8;
        head[nameAt - 18] = 8;
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(nameAt - 12), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(nameAt - 8), (uint)packed);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(nameAt - 4), (uint)size);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(nameAt), (ushort)name);
        return head;
    }

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(number =>
    {
        var sum = (uint)number;
        for (var bit = 0; bit < 8; bit++)
            sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        return sum;
    })];
}
