using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace XoBlazor.Core.Transfers.Xva;

/// <summary>
/// XXH64 with seed 0 over bytes that come in pieces: the checksum of the blocks in an XVA (xapi-protocol.md §8.2). It finds accidents; nothing is protected by it.
/// A value to be kept in a field, not copied while it is used.
/// </summary>
internal struct XxHash64
{
    private const int Stripe = 32;
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    private ulong _one;
    private ulong _two;
    private ulong _three;
    private ulong _four;
    private ulong _length;
    private Rest _rest;
    private int _held;

    /// <summary>Begins anew.</summary>
    public void Reset() => (_one, _two, _three, _four, _length, _held) = (unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0UL - Prime1), 0, 0);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _length += (ulong)bytes.Length;
        if (_held > 0)
        {
            Span<byte> rest = _rest;
            var more = Math.Min(Stripe - _held, bytes.Length);
            bytes[..more].CopyTo(rest[_held..]);
            _held += more;
            bytes = bytes[more..];
            if (_held < Stripe)
                return;
            AddStripes(rest);
            _held = 0;
        }

        var whole = bytes.Length & -Stripe;
        AddStripes(bytes[..whole]);
        bytes[whole..].CopyTo(_rest);
        _held = bytes.Length - whole;
    }

    /// <summary>The checksum of all that was added; more may follow.</summary>
    public readonly ulong Sum()
    {
        unchecked
        {
            var sum = _length < Stripe ? Prime5
                : Merge(Merge(Merge(Merge(
                    BitOperations.RotateLeft(_one, 1) + BitOperations.RotateLeft(_two, 7) + BitOperations.RotateLeft(_three, 12) + BitOperations.RotateLeft(_four, 18),
                    _one), _two), _three), _four);
            sum += _length;
            var rest = ((ReadOnlySpan<byte>)_rest)[.._held];
            for (; rest.Length >= 8; rest = rest[8..])
                sum = (BitOperations.RotateLeft(sum ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * Prime1) + Prime4;
            if (rest.Length >= 4)
            {
                sum = (BitOperations.RotateLeft(sum ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
                rest = rest[4..];
            }

            foreach (var value in rest)
                sum = BitOperations.RotateLeft(sum ^ (value * Prime5), 11) * Prime1;
            sum = (sum ^ (sum >> 33)) * Prime2;
            sum = (sum ^ (sum >> 29)) * Prime3;
            return sum ^ (sum >> 32);
        }
    }

    private void AddStripes(ReadOnlySpan<byte> stripes)
    {
        var (one, two, three, four) = (_one, _two, _three, _four);
        var words = MemoryMarshal.Cast<byte, ulong>(stripes);
        for (var at = 0; at + 3 < words.Length; at += 4)
        {
            one = Round(one, Little(words[at]));
            two = Round(two, Little(words[at + 1]));
            three = Round(three, Little(words[at + 2]));
            four = Round(four, Little(words[at + 3]));
        }

        (_one, _two, _three, _four) = (one, two, three, four);
    }

    private static ulong Little(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);

    private static ulong Round(ulong sum, ulong word) => unchecked(BitOperations.RotateLeft(sum + (word * Prime2), 31) * Prime1);

    private static ulong Merge(ulong sum, ulong other) => unchecked(((sum ^ Round(0, other)) * Prime1) + Prime4);

    /// <summary>What is left of the last piece, less than a stripe.</summary>
    [System.Runtime.CompilerServices.InlineArray(Stripe)]
    private struct Rest
    {
        private byte _first;
    }
}
