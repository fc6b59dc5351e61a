using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Transfers;

/// <summary>
/// The end of a transfer that is not the host: whoever sends the bytes, or receives them. Given along with the operation, used once. Its owner keeps it open
/// until the operation has ended.
/// </summary>
/// <param name="gone">The other end does not want, or cannot send, any more.</param>
public abstract class TransferEnd(TransferProgress progress, CancellationToken gone)
{
    public TransferProgress Progress => progress;

    internal CancellationToken Gone => gone;

    internal void Count(int bytes) => progress.Count(bytes);
}

/// <summary>Where bytes go.</summary>
/// <param name="begin">
/// Called once, when the host has begun to send: until then a failure can be told in place of the bytes. The stream takes them with back-pressure and is not disposed.
/// What was sent is good only when the operation succeeds.
/// </param>
public sealed class TransferTarget(Func<TransferHead, CancellationToken, Task<Stream>> begin, CancellationToken gone) : TransferEnd(new(), gone)
{
    internal Task<Stream> BeginAsync(TransferHead head, CancellationToken token)
    {
        Progress.Length = head.Length;
        return begin(head, token);
    }
}

/// <summary>Where bytes come from.</summary>
/// <param name="stream">Read once, forwards; not disposed.</param>
/// <param name="length">In bytes; null when that is not known before the end.</param>
public sealed class TransferSource : TransferEnd
{
    public TransferSource(Stream stream, long? length, CancellationToken gone)
        : this(stream, new TransferProgress { Length = length }, gone)
    {
    }

    private TransferSource(Stream stream, TransferProgress progress, CancellationToken gone)
        : base(progress, gone) => Stream = stream;

    public long? Length => Progress.Length;

    internal Stream Stream { get; }

    /// <summary>The same when some bytes were read from it to look at them.</summary>
    internal TransferSource Behind(ReadOnlyMemory<byte> first) => new(new PrefixedStream(first, Stream), Progress, Gone);
}

/// <summary>What is about to be sent.</summary>
/// <param name="FileName">Suggested to whoever keeps it; safe as the name of a file.</param>
/// <param name="Length">In bytes; null when the host does not tell before the end.</param>
public sealed record TransferHead(string FileName, string ContentType, long? Length);

/// <summary>Whether bytes go along with an operation.</summary>
public enum TransferDirection
{
    None,

    /// <summary>From the host: a <see cref="TransferTarget"/> is needed.</summary>
    Out,

    /// <summary>To the host: a <see cref="TransferSource"/> is needed.</summary>
    In,
}
