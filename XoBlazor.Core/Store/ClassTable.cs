using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>
/// All objects of one class in one version of a pool's picture, in chunks that consecutive versions share. Immutable.
/// Beside each object stand the edges of those who refer to it; edges may stand where no object is yet or any more.
/// </summary>
internal sealed class ClassTable
{
    public const int ChunkBits = 7;
    public const int ChunkSize = 1 << ChunkBits;

    public static readonly ClassTable Empty = new([], [], 0, 0, 0);

    private readonly XapiObject?[]?[] _objects;
    private readonly Edge[]?[]?[] _referrers;

    public ClassTable(XapiObject?[]?[] objects, Edge[]?[]?[] referrers, int count, long membershipVersion, long contentVersion)
    {
        _objects = objects;
        _referrers = referrers;
        Count = count;
        MembershipVersion = membershipVersion;
        ContentVersion = contentVersion;
    }

    public int Count { get; }

    /// <summary>The store's version in which an object was last added or removed.</summary>
    public long MembershipVersion { get; }

    /// <summary>The store's version in which anything of this class last changed.</summary>
    public long ContentVersion { get; }

    public XapiObject?[]?[] ObjectChunks => _objects;

    public Edge[]?[]?[] ReferrerChunks => _referrers;

    public XapiObject? Object(int place)
    {
        var chunk = place >> ChunkBits;
        return chunk < _objects.Length ? _objects[chunk]?[place & (ChunkSize - 1)] : null;
    }

    public Edge[] Referrers(int place)
    {
        var chunk = place >> ChunkBits;
        return (chunk < _referrers.Length ? _referrers[chunk]?[place & (ChunkSize - 1)] : null) ?? [];
    }
}
