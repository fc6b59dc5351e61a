using System.Buffers.Binary;

namespace XoBlazor.Simulator.Streams.Qcow2;

/// <summary>Writes a disk as a qcow2 image from its beginning to its end: all tables first, then the clusters that hold something.</summary>
internal static class Qcow2Writer
{
    private const int ClustersPerBlock = DiskBlock.Size / Qcow2Format.ClusterSize;
    private const int EntriesPerTable = Qcow2Format.ClusterSize / Qcow2Format.EntrySize;
    private const int BlocksPerTable = EntriesPerTable / ClustersPerBlock;
    private const int CountsPerCluster = Qcow2Format.ClusterSize / 2;

    public static async Task WriteAsync(DiskContent content, long size, Stream output, Action<double> progress, CancellationToken cancellation)
    {
        var blocks = (size + DiskBlock.Size - 1) / DiskBlock.Size;
        var filled = Filled(content, blocks);
        var plan = new Plan(size, blocks, filled);
        await output.WriteAsync(Head(plan, size), cancellation);
        foreach (var table in Tables(plan, filled))
            await output.WriteAsync(table, cancellation);
        var buffer = new byte[DiskBlock.Size];
        foreach (var block in filled)
        {
            var length = (int)Math.Min(DiskBlock.Size, size - (block * DiskBlock.Size));
            content.Read(block, buffer.AsSpan(0, length));
            buffer.AsSpan(length).Clear();
            await output.WriteAsync(buffer.AsMemory(0, Clusters(length) * Qcow2Format.ClusterSize), cancellation);
            progress((double)block / blocks);
        }
    }

    private static List<long> Filled(DiskContent content, long blocks)
    {
        var filled = new List<long>();
        for (var block = 0L; block < blocks; block++)
            if (!content.IsZero(block)) filled.Add(block);
        return filled;
    }

    private static int Clusters(long bytes) => (int)((bytes + Qcow2Format.ClusterSize - 1) / Qcow2Format.ClusterSize);

    /// <summary>The header, the first table, and the counts of all clusters, each of which is used once.</summary>
    private static byte[] Head(Plan plan, long size)
    {
        var head = new byte[plan.TablesAt * Qcow2Format.ClusterSize];
        Qcow2Format.WriteHeader(head, size, plan.Level1Size, Qcow2Format.ClusterSize, plan.RefcountsAt * (long)Qcow2Format.ClusterSize, plan.RefcountClusters);
        for (var index = 0; index < plan.Tables.Count; index++)
            WriteEntry(head.AsSpan(Qcow2Format.ClusterSize + ((int)plan.Tables[index] * Qcow2Format.EntrySize)), plan.TablesAt + index);
        for (var index = 0; index < plan.CountClusters; index++)
            BinaryPrimitives.WriteInt64BigEndian(head.AsSpan((plan.RefcountsAt * Qcow2Format.ClusterSize) + (index * 8)), (plan.CountsAt + index) * (long)Qcow2Format.ClusterSize);
        for (var cluster = 0L; cluster < plan.All; cluster++)
            head[(plan.CountsAt * Qcow2Format.ClusterSize) + (cluster * 2) + 1] = 1;
        return head;
    }

    private static IEnumerable<byte[]> Tables(Plan plan, List<long> filled)
    {
        var (next, at) = ((long)(plan.TablesAt + plan.Tables.Count), 0);
        foreach (var number in plan.Tables)
        {
            var table = new byte[Qcow2Format.ClusterSize];
            for (; at < filled.Count && filled[at] / BlocksPerTable == number; at++)
                for (var cluster = 0; cluster < plan.ClustersOf(filled[at]); cluster++)
                    WriteEntry(table.AsSpan((int)((filled[at] % BlocksPerTable * ClustersPerBlock) + cluster) * Qcow2Format.EntrySize), next++);
            yield return table;
        }
    }

    private static void WriteEntry(Span<byte> entry, long cluster) => BinaryPrimitives.WriteUInt64BigEndian(entry, ((ulong)cluster * Qcow2Format.ClusterSize) | Qcow2Format.Copied);

    /// <summary>What comes after what, counted in clusters: header, first table, table of the counts, counts, second tables, data.</summary>
    private sealed class Plan
    {
        private readonly long _size;

        public Plan(long size, long blocks, List<long> filled)
        {
            _size = size;
            Level1Size = (int)((blocks + BlocksPerTable - 1) / BlocksPerTable);
            Tables = [.. filled.Select(block => block / BlocksPerTable).Distinct()];
            RefcountsAt = 1 + Clusters(Level1Size * (long)Qcow2Format.EntrySize);
            var others = RefcountsAt + Tables.Count + filled.Sum(block => (long)ClustersOf(block));
            // The counts count themselves, too.
            do
            {
                All = others + RefcountClusters + CountClusters;
                CountClusters = (int)((All + CountsPerCluster - 1) / CountsPerCluster);
                RefcountClusters = Clusters(CountClusters * 8L);
            }
            while (All != others + RefcountClusters + CountClusters);
        }

        public int Level1Size { get; }

        /// <summary>The second tables that are needed, by their places in the first.</summary>
        public List<long> Tables { get; }

        public int RefcountsAt { get; }

        public int RefcountClusters { get; private set; }

        public int CountClusters { get; private set; }

        public long All { get; private set; }

        public int CountsAt => RefcountsAt + RefcountClusters;

        public int TablesAt => CountsAt + CountClusters;

        public int ClustersOf(long block) => Clusters(Math.Min(DiskBlock.Size, _size - (block * DiskBlock.Size)));
    }
}
