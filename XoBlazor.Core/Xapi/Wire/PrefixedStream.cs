namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Bytes that were read already, and then the rest of where they came from.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> first, Stream rest) : ForwardStream(rest)
{
    private ReadOnlyMemory<byte> _first = first;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_first.IsEmpty)
            return Source.ReadAsync(buffer, cancellationToken);
        var length = Math.Min(buffer.Length, _first.Length);
        _first[..length].CopyTo(buffer);
        _first = _first[length..];
        return new(length);
    }
}
