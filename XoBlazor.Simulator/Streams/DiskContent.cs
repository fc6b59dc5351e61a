using System.Collections.Immutable;

namespace XoBlazor.Simulator.Streams;

/// <summary>What a disk holds at one moment: what it came with, and over it what was written since. Immutable: who reads it sees no later write.</summary>
internal sealed record DiskContent(MadeDisk? Made, ImmutableDictionary<long, DiskBlock> Written)
{
    /// <summary>Nothing but zeros.</summary>
    public static DiskContent Empty { get; } = new(null, ImmutableDictionary<long, DiskBlock>.Empty);

    /// <summary>The blocks that are not zeros.</summary>
    public long FilledBlocks => Written.Count(pair => pair.Value != DiskBlock.Zero)
        + (Made is { } made ? made.Filled - Written.Keys.Count(made.IsFilled) : 0);

    /// <summary>Whether a block is known to be zeros without looking at its bytes.</summary>
    public bool IsZero(long block) => Written.TryGetValue(block, out var written) ? written == DiskBlock.Zero : Made?.IsFilled(block) != true;

    /// <summary>Fills the buffer with the beginning of a block.</summary>
    public void Read(long block, Span<byte> buffer)
    {
        if (Written.TryGetValue(block, out var written)) written.CopyTo(buffer);
        else if (Made is { } made && made.IsFilled(block)) MadeBlock.Fill(made.Seed, block, buffer);
        else buffer.Clear();
    }
}
