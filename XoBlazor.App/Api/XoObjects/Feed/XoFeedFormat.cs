namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>What is told of changes and how. Two that are equal are told the same bytes, which are made once. Immutable, safe from any thread.</summary>
internal abstract record XoFeedFormat
{
    /// <summary>For the changes of one step, or of a way that is caught up.</summary>
    public abstract XoFrameWriter NewWriter();
}

/// <summary>What a client asked to be told of, under a name that stands in what it is told.</summary>
internal abstract record XoSubscription : XoFeedFormat
{
    public abstract string Id { get; }
}

/// <summary>Gathers changes into messages of bearable size. For one thread, used once.</summary>
internal abstract class XoFrameWriter : IDisposable
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Bytes waiting in it, more or less.</summary>
    protected abstract long Size { get; }

    public bool IsEmpty => Size == 0;

    /// <summary>It is time to <see cref="Take"/>.</summary>
    public bool IsFull => Size >= MostBytes;

    public abstract void Add(in XoChange change);

    /// <summary>Takes what was gathered as whole JSON texts, and begins anew.</summary>
    /// <param name="position">Where a reader is that has taken all of this and all before.</param>
    /// <param name="isLast">Nothing follows before that position is reached.</param>
    public abstract void Take(string position, bool isLast, List<ReadOnlyMemory<byte>> into);

    public abstract void Dispose();
}
