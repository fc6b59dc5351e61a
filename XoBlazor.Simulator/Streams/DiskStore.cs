using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Streams;

/// <summary>
/// The contents of a pool's disks, beside the database, which holds only their rows. Disks that came with the pool have contents made from their
/// uuid, new ones are zeros. What clients write is kept by block, zeros and made blocks without their bytes; beyond
/// <see cref="PoolOptions.DiskMemory"/> writing fails as on a full storage. Any thread may call.
/// </summary>
internal sealed class DiskStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DiskContent> _contents = [];
    private readonly PoolOptions _options;
    private long _kept;

    public DiskStore(Database db, PoolOptions options)
    {
        _options = options;
        var observer = db.Observer;
        db.Observer = (row, change) =>
        {
            observer?.Invoke(row, change);
            if (row.Table.Schema.Name != "VDI") return;
            if (change == RowChange.Added) Replace(row.Ref, DiskContent.Empty);
            else if (change == RowChange.Deleted) Replace(row.Ref, null);
        };
    }

    /// <summary>What is kept of all that was written, in bytes.</summary>
    public long Kept
    {
        get
        {
            lock (_gate) return _kept;
        }
    }

    /// <summary>What a disk holds at this moment.</summary>
    public DiskContent Of(DbObject vdi)
    {
        lock (_gate)
        {
            if (_contents.TryGetValue(vdi.Ref, out var known)) return known;
        }

        return new(MadeDisk.Of(vdi.Uuid, vdi.Int("virtual_size"), _options.DiskContent), DiskContent.Empty.Written);
    }

    /// <summary>Makes one disk hold what another holds; they share it until one of them is written to.</summary>
    public void Copy(DbObject from, DbObject to) => Replace(to.Ref, Of(from));

    /// <summary>Makes a disk zeros.</summary>
    public void Clear(DbObject vdi) => Replace(vdi.Ref, DiskContent.Empty);

    /// <summary>Keeps what a disk came with when its size, from which that was made, is to change.</summary>
    public void Pin(DbObject vdi) => Replace(vdi.Ref, Of(vdi));

    /// <summary>Writes a whole block, or the last of the disk.</summary>
    /// <exception cref="XapiException">VDI_IO_ERROR: no memory is left for what would have to be kept.</exception>
    public void Write(DbObject vdi, long number, ReadOnlySpan<byte> bytes, Span<byte> scratch)
    {
        DiskBlock block = !bytes.ContainsAnyExcept((byte)0) ? DiskBlock.Zero
            : MadeBlock.Recognise(bytes, scratch) is { } made ? made : new KeptBlock(bytes.ToArray());
        var content = Of(vdi);
        lock (_gate)
        {
            content = _contents.GetValueOrDefault(vdi.Ref, content);
            if (_kept + block.Weight > _options.DiskMemory) throw new XapiException("VDI_IO_ERROR", "Device I/O errors");
            if (content.Written.TryGetValue(number, out var before)) Release(before);
            Take(block);
            var isNews = block != DiskBlock.Zero || content.Made?.IsFilled(number) == true;
            _contents[vdi.Ref] = content with { Written = isNews ? content.Written.SetItem(number, block) : content.Written.Remove(number) };
        }
    }

    private void Replace(string disk, DiskContent? content)
    {
        lock (_gate)
        {
            foreach (var block in content?.Written.Values ?? [])
                Take(block);
            foreach (var block in _contents.GetValueOrDefault(disk)?.Written.Values ?? [])
                Release(block);
            if (content is null) _contents.Remove(disk);
            else _contents[disk] = content;
        }
    }

    private void Take(DiskBlock block)
    {
        if (block is KeptBlock kept && kept.Owners++ == 0) _kept += kept.Weight;
    }

    private void Release(DiskBlock block)
    {
        if (block is KeptBlock kept && --kept.Owners == 0) _kept -= kept.Weight;
    }
}
