namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Refuses to hand out more than so many bytes for one piece, so that a reader above it cannot be made to gather without end.</summary>
internal sealed class MeteredStream(Stream source, int maxPieceBytes) : ForwardStream(source)
{
    private int _sincePiece;

    public CancellationToken Cancellation { get; set; }

    public void NextPiece() => _sincePiece = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Source.ReadAsync(buffer, Cancellation);
        _sincePiece += read;
        return _sincePiece <= maxPieceBytes ? read : throw new InvalidDataException($"the host sent a single value of more than {maxPieceBytes} bytes");
    }
}
