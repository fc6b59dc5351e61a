using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// Hands on what a host sends: to whoever looks alone byte for byte, to several by the rectangles that each can read. A viewer that is behind is left out from one
/// rectangle on, so that nobody waits for it. Within the session's gate.
/// </summary>
internal sealed class ScreenFan(ScreenLink link, IReadOnlyCollection<ScreenViewer> viewers) : IRfbServerEvents
{
    /// <summary>A viewer for which more waits gets nothing until it has caught up, in bytes of memory.</summary>
    public const long MostWaiting = 1024 * 1024;

    private const long Spare = 8 * 1024 * 1024;

    private SharedBuffer _piece = null!;
    private int _body = -1;
    private bool _isInCutTextHead;

    /// <summary>Hands on what was read. Fails with <see cref="RfbException"/>; what comes before the wrong place may have gone out then.</summary>
    public void Spread(SharedBuffer piece, ReadOnlySpan<byte> bytes)
    {
        _piece = piece;
        if (_body >= 0)
            _body = 0;
        foreach (var viewer in viewers)
            viewer.From = 0;
        link.Reader.Read(bytes, this);
        EndBody(bytes.Length);
        if (!_isInCutTextHead)
            foreach (var viewer in viewers)
                if (viewer is { Fed: ScreenViewer.Feeding.Whole, IsSpared: false })
                    viewer.Output.Add(piece, viewer.From, bytes.Length);
        link.IsBetween = link.Reader.IsBetween;
    }

    public void RectBegan(RfbRect rect, int at)
    {
        link.Begin(rect);
        foreach (var viewer in viewers)
        {
            if (viewer.Fed == ScreenViewer.Feeding.Whole)
            {
                viewer.Size = link.Size;
                if (RfbEncoding.IsStateful(rect.Encoding))
                    viewer.History.Add(rect.Encoding);
            }
            else if (viewer.Fed == ScreenViewer.Feeding.ByRect && Takes(viewer, rect))
            {
                ScreenFeed.Begin(viewer, RfbUpdate.Rect(rect));
                viewer.TakesBody = true;
            }
        }

        _body = at;
    }

    public void RectEnded(RfbRect rect, int at)
    {
        EndBody(at);
        _body = -1;
        link.End(rect);
        foreach (var viewer in viewers)
            viewer.TakesBody = false;
    }

    public void UpdateEnded(int at)
    {
        link.IsAsked = false;
        foreach (var viewer in viewers)
        {
            ScreenFeed.EndUpdate(viewer);
            if (viewer.GotSome || viewer.Fed == ScreenViewer.Feeding.Whole)
                viewer.Wants = false;
            viewer.GotSome = false;
        }

        Turn(at);
    }

    public void CutTextBegins(int at)
    {
        // Kept back until it is known to be whole: what was handed on cannot be taken back.
        foreach (var viewer in viewers)
            if (viewer.Fed == ScreenViewer.Feeding.Whole)
                viewer.Output.Add(_piece, viewer.From, at - 1);
        _isInCutTextHead = true;
    }

    public void MessageBegan(ReadOnlySpan<byte> head, int at)
    {
        var isCutText = RfbServerMessage.IsCutText(head);
        _isInCutTextHead = false;
        foreach (var viewer in viewers)
        {
            if (isCutText && viewer.Fed == ScreenViewer.Feeding.Whole)
            {
                viewer.IsSpared = !viewer.MayExchange;
                viewer.From = at;
                if (!viewer.IsSpared)
                    viewer.Output.Add(head.ToArray());
            }

            if (isCutText && !viewer.MayExchange)
                continue;
            if (viewer.Fed != ScreenViewer.Feeding.ByRect || viewer.IsBehind || (RfbServerMessage.IsExtendedCutText(head) && !viewer.Reads(RfbEncoding.ExtendedClipboard)))
                continue;
            viewer.Output.Add(head.ToArray());
            viewer.TakesBody = true;
        }

        _body = at;
    }

    public void MessageEnded(int at)
    {
        EndBody(at);
        _body = -1;
        foreach (var viewer in viewers)
        {
            viewer.TakesBody = false;
            if (viewer.IsSpared)
                (viewer.IsSpared, viewer.From) = (false, at);
        }

        Turn(at);
    }

    private long MostOfRect => Spare + (2L * RfbPixelFormat.PixelBytes * link.Size.Width * link.Size.Height);

    private bool Takes(ScreenViewer viewer, RfbRect rect)
    {
        if (!viewer.IsBehind && viewer.Output.Waiting > MostWaiting)
        {
            viewer.IsBehind = true;
            viewer.TimesBehind++;
        }

        var isStateful = RfbEncoding.IsStateful(rect.Encoding);
        if (viewer.IsBehind || rect.Encoding == RfbEncoding.LastRect || !viewer.Reads(rect.Encoding) || (isStateful && link.InStep != viewer))
        {
            // What it has missed of a stream it cannot make up for.
            if (isStateful && link.InStep == viewer)
                link.InStep = null;
            return false;
        }

        if (isStateful)
            viewer.History.Add(rect.Encoding);
        if (RfbEncoding.IsResize(rect.Encoding))
            viewer.Size = link.Size;
        return viewer.Size == link.Size || ScreenFeed.Resize(viewer, link);
    }

    /// <summary>Between two messages those that were alone can be fed by rectangles.</summary>
    private void Turn(int at)
    {
        if (!link.IsShared)
            return;
        foreach (var viewer in viewers)
            if (viewer.Fed == ScreenViewer.Feeding.Whole)
            {
                viewer.Output.Add(_piece, viewer.From, at);
                viewer.Fed = ScreenViewer.Feeding.ByRect;
            }
    }

    private void EndBody(int at)
    {
        if (_body < 0 || _body >= at)
            return;
        link.Body(_piece.Part(_body, at).Span);
        foreach (var viewer in viewers)
        {
            if (!viewer.TakesBody)
                continue;
            viewer.Output.Add(_piece, _body, at);
            // A single rectangle can be a whole screen: whoever does not take one in the time that others take several has to come back.
            if (viewer.Output.Waiting <= MostOfRect)
                continue;
            viewer.TakesBody = false;
            viewer.Restart();
        }
    }
}
