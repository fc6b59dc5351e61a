using System.Buffers.Binary;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>The checksum of zips (CRC-32 of ISO 3309, as APPNOTE.TXT 4.4.7 has it), eight bytes at a time: an update has hundreds of megabytes. Begins as its default.</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] s_tables = Tables();

    /// <summary>Of all that was added so far.</summary>
    public uint Value { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = s_tables;
        var sum = ~Value;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ sum;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = tables[1792 + (byte)low] ^ tables[1536 + (byte)(low >> 8)] ^ tables[1280 + (byte)(low >> 16)] ^ tables[1024 + (byte)(low >> 24)]
                ^ tables[768 + (byte)high] ^ tables[512 + (byte)(high >> 8)] ^ tables[256 + (byte)(high >> 16)] ^ tables[(byte)(high >> 24)];
        }

        foreach (var one in bytes)
            sum = tables[(byte)(sum ^ one)] ^ (sum >> 8);
        Value = ~sum;
    }

    /// <summary>Eight tables of 256: what a byte comes to when none to seven others follow it.</summary>
    private static uint[] Tables()
    {
        var tables = new uint[8 * 256];
        for (var number = 0u; number < 256; number++)
        {
            var sum = number;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
            tables[number] = sum;
        }

        for (var at = 256; at < tables.Length; at++)
            tables[at] = (tables[at - 256] >> 8) ^ tables[(byte)tables[at - 256]];
        return tables;
    }
}
