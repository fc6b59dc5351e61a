using System.Security.Cryptography;

namespace XoBlazor.Core.Store;

/// <summary>
/// Texts remembered by marks alone, in 2 MiB however many they are: says yes to every text that was added, and by chance to some other (to one in
/// 40 000 after 300 000 texts). Safe from any thread.
/// </summary>
internal sealed class NameFilter
{
    private const int MarkBits = 24;
    private const int MarksOfText = 4;

    // Nobody outside can make up names that have the same marks as another.
    private readonly ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly ulong[] _marks = new ulong[1 << (MarkBits - 6)];

    public void Add(ReadOnlySpan<char> text)
    {
        var hash = Hash(text);
        for (var i = 0; i < MarksOfText; i++)
            Interlocked.Or(ref _marks[Word(hash, i)], 1UL << Bit(hash, i));
    }

    public bool MayHold(ReadOnlySpan<char> text)
    {
        var hash = Hash(text);
        for (var i = 0; i < MarksOfText; i++)
            if ((Volatile.Read(ref _marks[Word(hash, i)]) & (1UL << Bit(hash, i))) == 0)
                return false;
        return true;
    }

    private static int Word(ulong hash, int mark) => Mark(hash, mark) >> 6;

    private static int Bit(ulong hash, int mark) => Mark(hash, mark) & 63;

    // Two halves of one hash make as many as are needed.
    private static int Mark(ulong hash, int mark) => (int)(((uint)hash + (uint)mark * (uint)(hash >> 32 | 1)) >> (32 - MarkBits));

    /// <summary>FNV-1a over letters, then mixed so that every letter moves every bit.</summary>
    private ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = _seed;
        foreach (var letter in text)
            hash = (hash ^ letter) * 0x100000001b3;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
