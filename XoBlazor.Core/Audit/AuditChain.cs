using System.Buffers.Binary;
using System.Security.Cryptography;

namespace XoBlazor.Core.Audit;

/// <summary>
/// The arithmetic of the chain. A record's hash covers the hash before it, its number and its bytes, so no record can be changed, removed or inserted
/// without every later hash changing; the ends of the chain are sealed with a key that does not lie beside it.
/// </summary>
internal static class AuditChain
{
    public const int HashSize = SHA256.HashSizeInBytes;

    public static byte[] Start { get; } = new byte[HashSize];

    public static byte[] Next(ReadOnlySpan<byte> before, long number, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(Bytes(number));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    public static byte[] Seal(ReadOnlySpan<byte> key, string end, long number, ReadOnlySpan<byte> hash) =>
        HMACSHA256.HashData(key, [.. System.Text.Encoding.ASCII.GetBytes(end), .. Bytes(number), .. hash]);

    private static byte[] Bytes(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
