using System.Buffers.Binary;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>The list at the end of a zip: it must name the very files that have passed, and nothing may stand behind it. Else two programs would see two different archives.</summary>
internal static class ZipDirectory
{
    private const int LongestEnd = 64 * 1024;

    /// <summary>Reads it to the archive's end; its first signature was read.</summary>
    /// <param name="passed">The files by where they stood.</param>
    public static async Task CheckAsync(ZipBytes bytes, uint signature, IReadOnlyDictionary<long, ZipHead> passed, CancellationToken token)
    {
        var begin = bytes.Position - 4;
        var named = new HashSet<long>();
        for (; signature == ZipSignature.Directory; signature = await bytes.NumberAsync(token))
        {
            var head = await ZipHead.ReadAgainAsync(bytes, token);
            if (!named.Add(head.At) || !passed.TryGetValue(head.At, out var file) || !file.IsSameAs(head))
                throw ZipRefusal.Because($"what it says of {head.Name} in front of it and in its list differs");
        }

        var end = bytes.Position - 4;
        if (named.Count != passed.Count)
            throw ZipRefusal.Because("its list leaves files out");
        var truth = new Place(named.Count, end - begin, begin);
        Place? large = null;
        if (signature == ZipSignature.LargeEnd)
        {
            large = await LargeEndAsync(bytes, end, token);
            signature = await bytes.NumberAsync(token);
        }

        if (signature != ZipSignature.End)
            throw ZipRefusal.Because("its list has no end");
        if (await EndAsync(bytes, large, token) != truth || (large is { } told && told != truth))
            throw ZipRefusal.Because("what it says of its own list is not so");
        if (!await bytes.IsAtEndAsync(token))
            throw ZipRefusal.Because("something stands behind its end");
    }

    private static async Task<Place> LargeEndAsync(ZipBytes bytes, long at, CancellationToken token)
    {
        var head = new byte[8];
        await bytes.FillAsync(head, token);
        var end = new byte[BinaryPrimitives.ReadInt64LittleEndian(head) is >= 44 and <= LongestEnd and var length ? length : throw ZipRefusal.Because("the end of its list is none")];
        await bytes.FillAsync(end, token);
        var place = new byte[20];
        await bytes.FillAsync(place, token);
        if (BinaryPrimitives.ReadUInt32LittleEndian(place) != ZipSignature.LargeEndPlace || BinaryPrimitives.ReadInt64LittleEndian(place.AsSpan(8)) != at)
            throw ZipRefusal.Because("the end of its list is none");
        return new(Large(end, 20), Large(end, 28), Large(end, 36));
    }

    /// <summary>Numbers that do not fit stand in the larger end, if there is one.</summary>
    private static async Task<Place> EndAsync(ZipBytes bytes, Place? large, CancellationToken token)
    {
        var end = new byte[18];
        await bytes.FillAsync(end, token);
        var (count, length, at) = (BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(6)), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(8)), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12)));
        await bytes.SkipAsync(BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(16)), token);
        return new(
            count == ushort.MaxValue && large is { } one ? one.Count : count,
            length == uint.MaxValue && large is { } two ? two.Length : length,
            at == uint.MaxValue && large is { } three ? three.At : at);
    }

    private static long Large(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private readonly record struct Place(long Count, long Length, long At);
}
