using System.Buffers;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Writes the journal's packed numbers: seven bits a byte, the lowest first.</summary>
internal static class ByteWriter
{
    public static void WriteNumber(this ArrayBufferWriter<byte> buffer, long value)
    {
        var rest = (ulong)value;
        var span = buffer.GetSpan(10);
        var used = 0;
        while (rest >= 0x80)
        {
            span[used++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[used++] = (byte)rest;
        buffer.Advance(used);
    }

    /// <summary>Small magnitudes of either sign take few bytes.</summary>
    public static void WriteSigned(this ArrayBufferWriter<byte> buffer, long value) => buffer.WriteNumber((value << 1) ^ (value >> 63));

    public static void WriteBytes(this ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteNumber(bytes.Length);
        buffer.Write(bytes);
    }
}
