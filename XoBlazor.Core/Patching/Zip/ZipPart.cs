using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>So many of the next bytes of a zip. An archive that ends before is refused: unpackers take an end for the end.</summary>
internal sealed class ZipPart(ZipBytes bytes, long length) : ForwardStream(bytes)
{
    public long Left { get; private set; } = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Left == 0 || buffer.IsEmpty)
            return 0;
        var read = await Source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Left)], cancellationToken);
        Left -= read;
        return read > 0 ? read : throw ZipRefusal.Because("it ends in the middle");
    }
}
