using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>
/// Strings found by their UTF-8 bytes, so that a text seen before costs no allocation. Only ASCII texts are found again; others are
/// rare in what repeats. The hash is seeded, so that a host cannot choose texts that collide.
/// </summary>
internal sealed class Utf8Texts
{
    private const int FirstSlots = 1024;

    private readonly ulong _seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;
    private Slot[] _slots = Rent(FirstSlots);

    public int Count { get; private set; }

    public string Get(ReadOnlySpan<byte> utf8)
    {
        var hash = Hash(utf8);
        return Find(_slots, utf8, hash) ?? Add(utf8, hash);
    }

    public void Clear()
    {
        Return(_slots);
        (_slots, Count) = (Rent(FirstSlots), 0);
    }

    private static string? Find(Slot[] slots, ReadOnlySpan<byte> utf8, uint hash)
    {
        var mask = slots.Length - 1;
        var i = (int)hash & mask;
        for (var looked = 0; looked < slots.Length; looked++, i = (i + 1) & mask)
        {
            ref var slot = ref slots[i];
            if (slot.Text is null)
                return null;
            if (slot.Hash == hash && slot.Text.Length == utf8.Length && Ascii.Equals(utf8, slot.Text))
                return slot.Text;
        }

        // Only two users at once, against what is promised, can fill it. Sharing less is harmless; searching for ever would not be.
        return null;
    }

    private string Add(ReadOnlySpan<byte> utf8, uint hash)
    {
        var text = Encoding.UTF8.GetString(utf8);
        // Not the length: a byte that is no UTF-8 becomes one character, which would be added again each time it comes.
        if (!Ascii.IsValid(utf8))
            return text;
        if (4 * (Count + 1) > 3 * _slots.Length)
            Grow();
        Put(_slots, new(hash, text));
        Count++;
        return text;
    }

    private void Grow()
    {
        var (old, larger) = (_slots, Rent(2 * _slots.Length));
        foreach (var slot in old)
            if (slot.Text is not null)
                Put(larger, slot);
        Return(old);
        _slots = larger;
    }

    /// <summary>Large tables would each cost a collection of the whole heap; of all pools, only one that reads a listing needs them at a time.</summary>
    private static Slot[] Rent(int slots) => ArrayPool<Slot>.Shared.Rent(slots);

    private static void Return(Slot[] slots) => ArrayPool<Slot>.Shared.Return(slots, clearArray: true);

    private static void Put(Slot[] slots, Slot slot)
    {
        var mask = slots.Length - 1;
        var i = (int)slot.Hash & mask;
        for (var looked = 0; looked < slots.Length; looked++, i = (i + 1) & mask)
            if (slots[i].Text is null)
            {
                slots[i] = slot;
                return;
            }
    }

    private uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = _seed ^ (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
        var last = 0UL;
        foreach (var b in bytes)
            last = (last << 8) | b;
        hash = Mix(hash ^ last);
        return (uint)(hash ^ (hash >> 32));
    }

    private ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0x9E3779B97F4A7C15UL ^ _seed, out var low);
        return high ^ BitOperations.RotateLeft(low, 23);
    }

    [SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
    private readonly record struct Slot(uint Hash, string? Text);
}
