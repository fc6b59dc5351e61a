namespace XoBlazor.Core.Xapi.Wire;

/// <summary>An answer's body whose deadline moves with every piece that arrives: a large answer may take long, a silent one may not.</summary>
internal sealed class WatchedStream(Stream source, Deadline deadline, TimeSpan silence) : ForwardStream(source)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Source.ReadAsync(buffer, cancellationToken);
        deadline.Extend(silence);
        return read;
    }
}
