using System.Buffers;

namespace XoBlazor.Core.Consoles;

/// <summary>A rented buffer with bytes for several viewers; it goes back when the last one has sent them. Thread-safe but for the writing.</summary>
internal sealed class SharedBuffer
{
    /// <summary>What one reading from a host fills at most, in bytes.</summary>
    public const int Size = 64 * 1024;

    // A small piece is kept in a small buffer, so that a viewer that is behind does not hold much for little.
    private const int Little = 8 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);
    private int _holders = 1;

    /// <summary>Where to read into; before anybody else holds it.</summary>
    public Memory<byte> Whole => _bytes.AsMemory(0, Size);

    /// <summary>In bytes, of memory.</summary>
    public int Cost => _bytes.Length;

    /// <summary>Only so much of it is used; before anybody else holds it.</summary>
    public ReadOnlySpan<byte> Cut(int length)
    {
        if (length <= Little)
        {
            var small = ArrayPool<byte>.Shared.Rent(length);
            _bytes.AsSpan(0, length).CopyTo(small);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = small;
        }

        return _bytes.AsSpan(0, length);
    }

    public ReadOnlyMemory<byte> Part(int from, int to) => _bytes.AsMemory(from, to - from);

    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
