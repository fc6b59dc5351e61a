namespace XoBlazor.Simulator.Streams;

/// <summary>What was written to one mebibyte of a disk. Immutable: snapshots and clones share it.</summary>
internal abstract class DiskBlock
{
    /// <summary>The size of a block in bytes; the last of a disk may be shorter.</summary>
    public const int Size = 1 << 20;

    /// <summary>Zeros over what was there before.</summary>
    public static DiskBlock Zero { get; } = new ZeroBlock();

    /// <summary>What the block takes of the pool's memory, in bytes.</summary>
    public virtual int Weight => 0;

    /// <summary>Fills the whole buffer.</summary>
    public abstract void CopyTo(Span<byte> buffer);

    private sealed class ZeroBlock : DiskBlock
    {
        public override void CopyTo(Span<byte> buffer) => buffer.Clear();
    }
}
