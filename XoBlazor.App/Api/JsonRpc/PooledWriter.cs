using System.Buffers;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>A buffer that grows and comes from the shared pool. Dispose when what was written is sent.</summary>
internal sealed class PooledWriter : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Smallest);
    private int _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int wanted)
    {
        if (_buffer.Length - _length >= Math.Max(1, wanted))
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + wanted, _buffer.Length * 2));
        Written.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
