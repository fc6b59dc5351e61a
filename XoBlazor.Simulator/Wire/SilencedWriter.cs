using System.IO.Pipelines;

namespace XoBlazor.Simulator.Wire;

/// <summary>What the web server writes a connection's answers to; once it is silenced they go nowhere. For one writer at a time.</summary>
internal sealed class SilencedWriter(PipeWriter inner) : PipeWriter
{
    private byte[]? _waste;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public void Silence() => _waste = new byte[4096];

    public override Memory<byte> GetMemory(int sizeHint = 0) => _waste is null ? inner.GetMemory(sizeHint) : Waste(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _waste is null ? inner.GetSpan(sizeHint) : Waste(sizeHint);

    public override void Advance(int bytes)
    {
        if (_waste is null) inner.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _waste is null ? inner.FlushAsync(cancellationToken) : default;

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private byte[] Waste(int sizeHint)
    {
        if (_waste!.Length < sizeHint) _waste = new byte[sizeHint];
        return _waste;
    }
}
