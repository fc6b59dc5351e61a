using XoBlazor.Core.Consoles.Rfb;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Consoles;

internal sealed partial class ScreenSession
{
    // Whoever is left alone for less than this is likely not alone for long; a line of their own is not worth it.
    private static readonly TimeSpan s_alone = TimeSpan.FromSeconds(2);

    private Func<ScreenViewer, Task> _renew = _ => Task.CompletedTask;
    private Task _renewal = Task.CompletedTask;
    private bool _isRenewing;
    private CancellationTokenSource? _leaving;

    /// <summary>
    /// Whoever is left alone on a line, but came to it later than others, cannot read the encodings with a history there. They get a line of their own, which takes the place of
    /// the old one when it is up, so that they see no break.
    /// </summary>
    private void RenewLocked(ScreenLink link, ScreenViewer viewer)
    {
        if (link.IsToStay || _isRenewing || !viewer.Encodings.Any(IsGain))
            return;
        _isRenewing = true;
        _renewal = _renew(viewer);

        bool IsGain(int encoding) => RfbEncoding.IsStateful(encoding) && !viewer.Barred.Contains(encoding) && (encoding == RfbEncoding.Tight || !viewer.History.Contains(encoding));
    }

    private async Task RenewAsync(ConsolePlace.There place, ScreenViewer viewer, CancellationToken cancellation)
    {
        ScreenLink? old = null;
        try
        {
            while (true)
            {
                await Task.Delay(s_alone, Time, cancellation);
                lock (Gate)
                {
                    if (!IsLeftAloneLocked(viewer))
                    {
                        _isRenewing = false;
                        // Somebody else may be meanwhile.
                        AdjustLocked();
                        return;
                    }

                    // Hosts let go of the keys that somebody holds when their line ends.
                    if (!viewer.Held.IsEmpty)
                        continue;
                    old = _link;
                }

                var successor = await GreetAsync(await DialAsync(place, cancellation), cancellation);
                lock (Gate)
                {
                    if (old == _link && old is not null && IsLeftAloneLocked(viewer) && viewer.Held.IsEmpty)
                    {
                        _isRenewing = false;
                        old.Successor = successor;
                        if (old.IsBetween)
                            _ = _leaving?.CancelAsync();
                        return;
                    }
                }

                await successor.Line.DisposeAsync();
            }
        }
        catch (Exception refused) when (refused is XapiException or ConsoleDialException or RfbException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Such as a pool that allows one line to a console. The one there is is good enough.
            lock (Gate)
            {
                _isRenewing = false;
                if (old is not null)
                    old.IsToStay = true;
            }
        }
    }

    private bool IsLeftAloneLocked(ScreenViewer viewer) =>
        _link is { IsFresh: false } link && link.InStep != viewer && viewer.Fed == ScreenViewer.Feeding.ByRect
        && _viewers.TrueForAll(other => other == viewer ? !other.IsOver : !other.IsReady || other.IsOver);
}
