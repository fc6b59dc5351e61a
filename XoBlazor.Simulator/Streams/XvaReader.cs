namespace XoBlazor.Simulator.Streams;

/// <summary>Reads the files of an XVA in their order. A stream that ends too early throws <see cref="EndOfStreamException"/>.</summary>
internal sealed class XvaReader(Stream input, CancellationToken cancellation)
{
    private readonly byte[] _header = new byte[TarHeader.Block];

    /// <summary>Null at the end of the archive.</summary>
    /// <exception cref="InvalidDataException">What comes is no archive.</exception>
    public async Task<TarHeader?> NextAsync()
    {
        await input.ReadExactlyAsync(_header, cancellation);
        return TarHeader.Read(_header);
    }

    /// <summary>The contents of the file whose header came last; the buffer is as long as they are.</summary>
    public async Task ReadAsync(Memory<byte> content)
    {
        await input.ReadExactlyAsync(content, cancellation);
        await input.ReadExactlyAsync(_header.AsMemory(0, TarHeader.PaddingOf(content.Length)), cancellation);
    }
}
