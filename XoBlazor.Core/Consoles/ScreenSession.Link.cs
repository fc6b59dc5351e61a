using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

internal sealed partial class ScreenSession
{
    // Below this a viewer is quick enough for more to be read, in bytes of memory.
    private const long QuickEnough = 256 * 1024;

    // After less than this the host is likely done, and waiting needs no buffer.
    private const int Little = 8 * 1024;

    private TaskCompletionSource? _quick;

    protected override async Task UseAsync(ConsolePlace.There place, Stream opened, Action live, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var link = await GreetAsync(opened, cancellation);
        lock (Gate)
        {
            (_renew, _isRenewing) = (viewer => RenewAsync(place, viewer, end.Token), false);
            LinkLocked(link);
        }

        try
        {
            live();
            while (await PumpAsync(link, cancellation) is { } successor)
            {
                var left = link;
                lock (Gate)
                {
                    Unlink(left);
                    LinkLocked(link = successor);
                }

                await left.Line.DisposeAsync();
            }
        }
        finally
        {
            lock (Gate)
                Unlink(link);
            await link.Line.DisposeAsync();
            await end.CancelAsync();
            await _renewal;
            if (link.Successor is { } unused)
                await unused.Line.DisposeAsync();
        }
    }

    /// <summary>Agrees with the host on how to speak; what it has opened is the link's from then on, and disposed when this fails.</summary>
    private async Task<ScreenLink> GreetAsync(Stream opened, CancellationToken cancellation)
    {
        var line = LineOf(opened);
        try
        {
            using var greeting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            greeting.CancelAfter(Greeting);
            return new(line, (await RfbHostHandshake.OpenAsync(opened, greeting.Token)).Size);
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private void LinkLocked(ScreenLink link)
    {
        (_link, _size) = (link, link.Size);
        AdjustLocked();
        RequestLocked();
    }

    /// <summary>Hands on what the host sends until the line ends, or another takes its place: between two messages, so that nothing is cut in two.</summary>
    /// <returns>The other; null at the end.</returns>
    private async Task<ScreenLink?> PumpAsync(ScreenLink link, CancellationToken cancellation)
    {
        var fan = new ScreenFan(link, _viewers);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellation, link.Line.Broken);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(broken.Token);
        lock (Gate)
            _leaving = leaving;
        var isQuiet = true;
        try
        {
            while (true)
            {
                if (isQuiet)
                    await link.Line.ReadAsync(Memory<byte>.Empty, Waiting());
                var piece = new SharedBuffer();
                try
                {
                    var read = await link.Line.ReadAsync(piece.Whole, Waiting());
                    if (read == 0)
                        return null;
                    isQuiet = read < Little;
                    lock (Gate)
                    {
                        fan.Spread(piece, piece.Cut(read));
                        _size = link.Size;
                        if (link is { Successor: { } successor, IsBetween: true })
                            return successor;
                        // Who has missed something of a stream is not to be sent more of it.
                        if (link is { IsCompressed: true, InStep: null })
                            AdjustLocked();
                        RequestLocked();
                    }
                }
                finally
                {
                    piece.Release();
                }

                await QuickAsync(broken.Token);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !broken.IsCancellationRequested)
        {
            return link.Successor;
        }
        finally
        {
            lock (Gate)
                _leaving = null;
        }

        // With a successor in the middle of a message, the rest of that is still waited for.
        CancellationToken Waiting()
        {
            lock (Gate)
                return link.Successor is null || link.IsBetween ? leaving.Token : broken.Token;
        }
    }

    /// <summary>Waits until the quickest viewer has room: with one viewer the host is slowed down to it, with several the slow ones are left behind.</summary>
    private async ValueTask QuickAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task quick;
            lock (Gate)
            {
                var (least, isAny) = (long.MaxValue, false);
                foreach (var viewer in _viewers)
                    if (viewer.Fed != ScreenViewer.Feeding.None)
                        (least, isAny) = (Math.Min(least, viewer.Output.Waiting), true);
                if (!isAny || least < QuickEnough)
                    return;
                quick = (_quick ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await quick.WaitAsync(cancellation);
        }
    }

    private void WakePumpLocked()
    {
        _quick?.TrySetResult();
        _quick = null;
    }

    /// <summary>The line is gone. Whoever was in the middle of something cannot go on; the others wait for the next line.</summary>
    private void Unlink(ScreenLink link)
    {
        _link = null;
        foreach (var viewer in _viewers)
        {
            if (viewer.TakesBody || (viewer.Fed == ScreenViewer.Feeding.Whole && !link.IsBetween))
                viewer.Restart();
            ScreenFeed.EndUpdate(viewer);
            (viewer.Fed, viewer.TakesBody, viewer.NeedsAll, viewer.IsBehind) = (ScreenViewer.Feeding.None, false, viewer.IsReady, false);
            (viewer.GotSome, viewer.IsSpared) = (false, false);
        }
    }
}
