namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>The messages of one step in one format, in the making. Where they would be too many to keep, none are: readers then catch up one by one.</summary>
internal sealed class XoMessages(XoFeedFormat format) : IDisposable
{
    private readonly XoFrameWriter _writer = format.NewWriter();
    private readonly List<ReadOnlyMemory<byte>> _made = [];
    private long _bytes;
    private bool _isTooMuch;

    public void Add(in XoChange change, string position, long mostBytes)
    {
        if (_isTooMuch)
            return;
        _writer.Add(change);
        if (!_writer.IsFull)
            return;
        var had = _made.Count;
        _writer.Take(position, isLast: false, _made);
        _bytes += _made.Skip(had).Sum(m => (long)m.Length);
        _isTooMuch = _bytes > mostBytes;
    }

    /// <summary>All of them; none where nothing of the step is told in this format; null where they are too many.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Finish(string position)
    {
        if (_isTooMuch)
            return null;
        if (!_writer.IsEmpty || _made.Count > 0)
            _writer.Take(position, isLast: true, _made);
        return _made;
    }

    public void Dispose() => _writer.Dispose();
}
