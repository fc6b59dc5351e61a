namespace XoBlazor.Simulator.Streams;

/// <summary>Bytes that a client wrote and nobody could make again.</summary>
internal sealed class KeptBlock(byte[] bytes) : DiskBlock
{
    /// <summary>How many disks have it. Guarded by the store's lock.</summary>
    public int Owners { get; set; }

    public override int Weight => bytes.Length;

    public override void CopyTo(Span<byte> buffer)
    {
        var length = Math.Min(bytes.Length, buffer.Length);
        bytes.AsSpan(0, length).CopyTo(buffer);
        buffer[length..].Clear();
    }
}
