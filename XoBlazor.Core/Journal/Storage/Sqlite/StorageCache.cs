using System.Collections.Concurrent;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>What never changes once it is committed, shared by all readers of one opened file.</summary>
internal sealed class StorageCache
{
    public ConcurrentDictionary<long, string> Names { get; } = new();

    public ConcurrentDictionary<long, string> Pools { get; } = new();

    /// <summary>The objects of closed partitions.</summary>
    public ConcurrentDictionary<long, byte[]> Bitmaps { get; } = new();
}
