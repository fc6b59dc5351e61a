using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Streams.Qcow2;

/// <summary>
/// Writes what a qcow2 image holds to a disk while its clusters come one after the other. What comes before the table that tells its place waits; an image that
/// cannot be read so, refers to other files or is compressed is refused.
/// </summary>
internal sealed class Qcow2Reader(Stream input, DbObject vdi, DiskStore store, CancellationToken cancellation)
{
    private const long MostWaiting = 64 << 20;

    private readonly Dictionary<long, int> _firstTables = [];
    private readonly Dictionary<long, long> _secondTables = [];
    private readonly Dictionary<long, long> _data = [];
    private readonly Dictionary<long, byte[]> _waiting = [];
    private readonly BlockPatch _disk = new(vdi, store);
    private int _clusterBits;
    private long _size;

    private int ClusterSize => 1 << _clusterBits;

    private int EntriesPerTable => ClusterSize / Qcow2Format.EntrySize;

    /// <exception cref="InvalidDataException">The stream is no qcow2 image, or one that cannot be read from its beginning to its end.</exception>
    /// <exception cref="EndOfStreamException">It ends before all has come that its tables name.</exception>
    /// <exception cref="XapiException">VDI_TOO_SMALL, or what the store refuses.</exception>
    public async Task ReadAsync(Action<double> progress)
    {
        var head = new byte[Qcow2Format.HeaderSize];
        await input.ReadExactlyAsync(head, cancellation);
        (_size, _clusterBits, var tableSize, var tableAt) = Qcow2Format.ReadHeader(head);
        if (_size > vdi.Int("virtual_size")) throw new XapiException("VDI_TOO_SMALL", vdi.Ref, $"{_size}");
        for (var index = 0; index * (long)EntriesPerTable < tableSize; index++)
            _firstTables[tableAt + (index * (long)ClusterSize)] = index;
        store.Clear(vdi);
        var cluster = new byte[ClusterSize];
        await input.ReadExactlyAsync(cluster.AsMemory(head.Length), cancellation);
        for (long at = ClusterSize; await ReadClusterAsync(cluster); at += ClusterSize)
        {
            Take(at, cluster);
            progress((double)at / (at + (_data.Count * (long)ClusterSize)));
        }

        _disk.Flush();
        if (_firstTables.Count + _secondTables.Count + _data.Count > 0) throw new EndOfStreamException();
    }

    /// <summary>False at the end. The last cluster of a file may be shorter than others.</summary>
    private async Task<bool> ReadClusterAsync(byte[] cluster)
    {
        var came = await input.ReadAtLeastAsync(cluster, cluster.Length, throwOnEndOfStream: false, cancellation);
        cluster.AsSpan(came).Clear();
        return came > 0;
    }

    private void Take(long at, byte[] cluster)
    {
        if (_data.Remove(at, out var place))
            _disk.Write(place * ClusterSize, cluster.AsSpan(0, (int)Math.Min(ClusterSize, _size - (place * ClusterSize))));
        else if (_firstTables.Remove(at, out var index))
            TakeTable(cluster, index * (long)EntriesPerTable, _secondTables);
        else if (_secondTables.Remove(at, out var number))
            TakeTable(cluster, number * EntriesPerTable, _data);
        else if ((_waiting.Count + 1) * (long)ClusterSize > MostWaiting)
            throw new InvalidDataException("the image's tables come too late");
        else
            _waiting[at] = [.. cluster];
    }

    /// <summary>What the entries lead to is due from now on, or has come already.</summary>
    private void TakeTable(byte[] table, long first, Dictionary<long, long> due)
    {
        for (var entry = 0; entry < EntriesPerTable; entry++)
        {
            if (Qcow2Format.ReadEntry(table.AsSpan(entry * Qcow2Format.EntrySize)) is not (not 0 and var leads)) continue;
            if (leads % ClusterSize != 0 || (due == _data && (first + entry) * ClusterSize >= _size) || !due.TryAdd(leads, first + entry))
                throw new InvalidDataException("the image's tables are damaged");
            if (_waiting.Remove(leads, out var came)) Take(leads, came);
        }
    }

    /// <summary>Gathers what is written to one block of the disk, piece after piece.</summary>
    private sealed class BlockPatch(DbObject vdi, DiskStore store)
    {
        private readonly byte[] _block = new byte[DiskBlock.Size];
        private readonly byte[] _scratch = new byte[DiskBlock.Size];
        private readonly long _room = vdi.Int("virtual_size");
        private long _number = -1;

        private int Length => (int)Math.Min(DiskBlock.Size, _room - (_number * DiskBlock.Size));

        public void Write(long at, ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                Open(at / DiskBlock.Size);
                var start = (int)(at % DiskBlock.Size);
                var length = Math.Min(bytes.Length, DiskBlock.Size - start);
                bytes[..length].CopyTo(_block.AsSpan(start));
                at += length;
                bytes = bytes[length..];
            }
        }

        public void Flush()
        {
            if (_number >= 0) store.Write(vdi, _number, _block.AsSpan(0, Length), _scratch);
        }

        private void Open(long number)
        {
            if (number == _number) return;
            Flush();
            _number = number;
            store.Of(vdi).Read(number, _block.AsSpan(0, Length));
        }
    }
}
