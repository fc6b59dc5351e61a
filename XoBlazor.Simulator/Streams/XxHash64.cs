using System.Buffers.Binary;
using System.Numerics;

namespace XoBlazor.Simulator.Streams;

/// <summary>XXH64 with seed 0, which checks the blocks inside an XVA (xapi-protocol.md §8.2).</summary>
internal static class XxHash64
{
    private const int Stripe = 32;
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    public static ulong Hash(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var hash = (data.Length >= Stripe ? HashStripes(ref data, out var length) : Short(data, out length)) + length;
            for (; data.Length >= 8; data = data[8..])
                hash = (BitOperations.RotateLeft(hash ^ Round(0, Word(data)), 27) * Prime1) + Prime4;
            if (data.Length >= 4)
            {
                hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime1), 23) * Prime2) + Prime3;
                data = data[4..];
            }

            foreach (var value in data)
                hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }

    private static ulong Short(ReadOnlySpan<byte> data, out ulong length)
    {
        length = (ulong)data.Length;
        return Prime5;
    }

    private static ulong HashStripes(ref ReadOnlySpan<byte> data, out ulong length)
    {
        unchecked
        {
            length = (ulong)data.Length;
            var (one, two, three, four) = (Prime1 + Prime2, Prime2, 0UL, 0UL - Prime1);
            for (; data.Length >= Stripe; data = data[Stripe..])
            {
                one = Round(one, Word(data));
                two = Round(two, Word(data[8..]));
                three = Round(three, Word(data[16..]));
                four = Round(four, Word(data[24..]));
            }

            var hash = BitOperations.RotateLeft(one, 1) + BitOperations.RotateLeft(two, 7) + BitOperations.RotateLeft(three, 12) + BitOperations.RotateLeft(four, 18);
            return Merge(Merge(Merge(Merge(hash, one), two), three), four);
        }
    }

    private static ulong Word(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);

    private static ulong Round(ulong sum, ulong word) => unchecked(BitOperations.RotateLeft(sum + (word * Prime2), 31) * Prime1);

    private static ulong Merge(ulong hash, ulong sum) => unchecked(((hash ^ Round(0, sum)) * Prime1) + Prime4);
}
