using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

internal sealed partial class ScreenSession
{
    private static readonly TimeSpan s_betweenWholes = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestBehind = TimeSpan.FromSeconds(8);

    private bool _isRequestDue;

    /// <summary>A viewer took something.</summary>
    private void Sent(ScreenViewer viewer)
    {
        var waiting = viewer.Output.Waiting;
        if (waiting >= QuickEnough)
            return;
        lock (Gate)
        {
            if (_quick is not null)
                WakePumpLocked();
            if (viewer.IsBehind && waiting == 0 && !viewer.IsCatchingUp)
            {
                viewer.IsCatchingUp = true;
                _ = CatchUpAsync(viewer);
            }
        }
    }

    // The oftener it falls behind, the longer the others are spared the whole screen that it needs.
    private async Task CatchUpAsync(ScreenViewer viewer)
    {
        var pause = s_betweenWholes * Math.Pow(2, Math.Min(viewer.TimesBehind, 10));
        await Task.Delay(pause < s_longestBehind ? pause : s_longestBehind, Time);
        lock (Gate)
        {
            (viewer.IsBehind, viewer.IsCatchingUp, viewer.NeedsAll) = (false, false, true);
            if (_link is { } link && viewer.Fed == ScreenViewer.Feeding.ByRect && !viewer.TakesBody)
                ScreenFeed.Facts(viewer, link);
            AdjustLocked();
            RequestLocked();
        }
    }

    /// <summary>Looks anew who is fed how, and asks the host accordingly.</summary>
    private void AdjustLocked()
    {
        if (_link is not { } link)
            return;
        var ready = _viewers.FindAll(viewer => viewer is { IsReady: true, IsOver: false });
        if (ready.Count == 0)
            return;
        if (ready.Count == 1 && !link.IsShared && (link.IsFresh || (link.InStep == ready[0] && ready[0].Format == link.Format)))
            FeedWhole(link, ready[0]);
        else if (ready.Count == 1 && !link.IsFresh && (ready[0].Fed == ScreenViewer.Feeding.None || ready[0].Format != link.Format))
            // Whoever comes to a line that others have used gets one of their own, and with it the best encodings.
            RedialLocked();
        else
            FeedByRect(link, ready);
    }

    private void FeedWhole(ScreenLink link, ScreenViewer viewer)
    {
        if (link.IsFresh)
        {
            link.IsFresh = false;
            link.InStep = viewer;
            viewer.Barred.UnionWith(viewer.History.Where(encoding => encoding != RfbEncoding.Tight));
            SetFormat(link, viewer.Format);
            if (viewer.Size != link.Size && !ScreenFeed.Resize(viewer, link))
                return;
            ScreenFeed.EndUpdate(viewer);
            if (viewer.History.Contains(RfbEncoding.Tight))
                viewer.Output.Add(RfbUpdate.FreshTight);
            viewer.Fed = ScreenViewer.Feeding.Whole;
        }

        Ask(link, viewer.Encodings.Where(encoding => !viewer.Barred.Contains(encoding)));
    }

    private void FeedByRect(ScreenLink link, List<ScreenViewer> ready)
    {
        if (link.IsFresh)
            SetFormat(link, ready[0].Format);
        (link.IsFresh, link.IsShared) = (false, true);
        if (ready.Count > 1)
            link.IsToStay = false;
        foreach (var viewer in ready)
        {
            if (viewer.Format != link.Format)
            {
                viewer.End("format", "Somebody else looks at this console with other colours in memory, and both cannot be served at once. Try again when they have left, or use the browser.");
                continue;
            }

            switch (viewer.Fed)
            {
                case ScreenViewer.Feeding.None:
                    viewer.Fed = ScreenViewer.Feeding.ByRect;
                    viewer.NeedsAll = true;
                    ScreenFeed.Facts(viewer, link);
                    break;
                case ScreenViewer.Feeding.Whole when link.Reader.IsBetween:
                    viewer.Fed = ScreenViewer.Feeding.ByRect;
                    break;
            }
        }

        if (ready is [{ IsOver: false } alone])
        {
            Ask(link, alone.Encodings.Where(encoding => !RfbEncoding.IsStateful(encoding) || (CanFollow(link, alone) && !alone.Barred.Contains(encoding))));
            if (link.InStep != alone)
                RenewLocked(link, alone);
            return;
        }

        // What is told beside the picture goes to those who can read it, and no others miss it; all the rest has to be read by everybody.
        var asked = ready.SelectMany(viewer => viewer.Encodings).Distinct()
            .Where(encoding => !RfbEncoding.IsStateful(encoding) && (RfbEncoding.IsBeside(encoding) || ready.TrueForAll(viewer => viewer.Encodings.Contains(encoding))));
        Ask(link, asked);
    }

    /// <summary>It has got everything of the streams that the host compresses by, and will.</summary>
    private static bool CanFollow(ScreenLink link, ScreenViewer viewer) => link.InStep == viewer && !viewer.IsBehind;

    private static void SetFormat(ScreenLink link, RfbPixelFormat format)
    {
        link.Format = format;
        link.Line.Send(RfbRequest.SetPixelFormat(format));
    }

    private static void Ask(ScreenLink link, IEnumerable<int> encodings)
    {
        int[] asked = [.. encodings];
        if (link.Asked.SequenceEqual(asked))
            return;
        (link.Asked, link.IsCompressed) = (asked, asked.Any(RfbEncoding.IsStateful));
        link.Line.Send(RfbRequest.SetEncodings(asked));
    }

    /// <summary>Asks the host for what the viewers want, all of them with one request.</summary>
    private void RequestLocked()
    {
        if (_link is not { IsFresh: false } link)
            return;
        if (_viewers.Exists(viewer => viewer is { NeedsAll: true, IsBehind: false } && viewer.Fed != ScreenViewer.Feeding.None))
        {
            if (link.AskedAll is { } last && Time.GetElapsedTime(last) is var since && since < s_betweenWholes)
            {
                RequestLater(s_betweenWholes - since);
            }
            else
            {
                foreach (var viewer in _viewers)
                    viewer.NeedsAll &= viewer.IsBehind || viewer.Fed == ScreenViewer.Feeding.None;
                (link.AskedAll, link.IsAsked) = (Time.GetTimestamp(), true);
                link.Line.Send(RfbRequest.Update(false, link.Size));
                return;
            }
        }

        if (link.IsAsked || !_viewers.Exists(viewer => viewer is { Wants: true, IsBehind: false } && viewer.Fed != ScreenViewer.Feeding.None))
            return;
        link.IsAsked = true;
        link.Line.Send(RfbRequest.Update(true, link.Size));
    }

    private void RequestLater(TimeSpan pause)
    {
        if (_isRequestDue)
            return;
        _isRequestDue = true;
        _ = LaterAsync();

        async Task LaterAsync()
        {
            await Task.Delay(pause, Time);
            lock (Gate)
            {
                _isRequestDue = false;
                RequestLocked();
            }
        }
    }
}
