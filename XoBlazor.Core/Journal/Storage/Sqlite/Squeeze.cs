using System.Buffers;
using System.IO.Compression;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Compresses what is long enough to gain from it. The first byte tells: 0 as it is, 1 Brotli with the length before it.</summary>
internal static class Squeeze
{
    private const int WorthIt = 192;
    private const int Quality = 3;
    private const int WindowBits = 16;
    private const int LongestText = 64 << 20;

    /// <summary>The stored form, in <paramref name="scratch"/> (which is emptied first).</summary>
    public static ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> plain, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        if (plain.Length >= WorthIt)
        {
            scratch.Write([(byte)1]);
            scratch.WriteNumber(plain.Length);
            if (BrotliEncoder.TryCompress(plain, scratch.GetSpan(plain.Length), out var written, Quality, WindowBits) && written < plain.Length)
            {
                scratch.Advance(written);
                return scratch.WrittenSpan;
            }

            scratch.ResetWrittenCount();
        }

        scratch.Write([(byte)0]);
        scratch.Write(plain);
        return scratch.WrittenSpan;
    }

    public static byte[] Unpack(ReadOnlySpan<byte> stored)
    {
        byte[] none = [];
        return Unpack(stored, ref none).ToArray();
    }

    /// <summary>The plain form, in <paramref name="buffer"/>, which grows when it must.</summary>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlySpan<byte> stored, ref byte[] buffer)
    {
        if (stored.IsEmpty)
            throw new JournalDamagedException("The journal's file is damaged: a value is missing.");
        var isPlain = stored[0] == 0;
        var reader = new ByteReader(stored[1..]);
        var length = isPlain ? stored.Length - 1 : reader.ReadNumber();
        if (length is < 0 or > LongestText)
            throw new JournalDamagedException("The journal's file is damaged: a value has an impossible length.");
        if (buffer.Length < length)
            buffer = new byte[length];
        var plain = buffer.AsMemory(0, (int)length);
        if (isPlain)
            reader.Rest.CopyTo(plain.Span);
        else if (!BrotliDecoder.TryDecompress(reader.Rest, plain.Span, out var written) || written != length)
            throw new JournalDamagedException("The journal's file is damaged: a value cannot be unpacked.");
        return plain;
    }
}
