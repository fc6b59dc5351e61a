using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Consoles.Rfb;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// The graphical console of one VM. To each viewer the relay is an RFB server, to the host an RFB client. Who looks alone since the line began gets the host's bytes as
/// they are, in whatever encodings it likes best. As soon as another looks, too, the host is asked for encodings without a history and for the whole screen,
/// so that anybody can begin at any rectangle; and for the best ones again when one is left.
/// </summary>
internal sealed partial class ScreenSession(
    ConsolePlaces places, Func<ConsolePlace.There, CancellationToken, Task<Stream>> dial, ObjectKey vm, ConsoleOptions options, TimeProvider time, ILogger log)
    : ConsoleSession(places, dial, vm, ConsoleKind.Screen, options, time, log)
{
    // Nobody pastes more into a console; it would have to be held whole, because the messages of several viewers must not mix.
    private const int MostMessage = 1024 * 1024;

    private readonly List<ScreenViewer> _viewers = [];
    private RfbSize _size;
    private readonly RfbPixelFormat _format = RfbPixelFormat.Usual;
    private ScreenLink? _link;

    protected override async Task ServeAsync(ConsoleViewer viewer, Task<bool> begun, CancellationToken cancellation)
    {
        var screen = (ScreenViewer)viewer;
        if (!await RfbViewerHandshake.OpenAsync(viewer.Input, begun, Send, () => Begin(screen), Places.NameOf(Vm), cancellation))
            return;
        try
        {
            await ListenAsync(screen, cancellation);
        }
        finally
        {
            Leave(screen);
        }

        ValueTask Send(ReadOnlyMemory<byte> bytes)
        {
            viewer.Output.Add(bytes);
            return ValueTask.CompletedTask;
        }
    }

    private (RfbSize Size, RfbPixelFormat Format) Begin(ScreenViewer viewer)
    {
        lock (Gate)
        {
            viewer.HasBegun = true;
            viewer.Size = _size;
            viewer.Format = _format;
            viewer.Output.Sent = () => Sent(viewer);
            _viewers.Add(viewer);
            return (_size, _format);
        }
    }

    private void Leave(ScreenViewer viewer)
    {
        lock (Gate)
        {
            _viewers.Remove(viewer);
            Release(viewer);
            if (_link is not null && _link.InStep == viewer)
                _link.InStep = null;
            AdjustLocked();
            RequestLocked();
            WakePumpLocked();
        }
    }

    private async Task ListenAsync(ScreenViewer viewer, CancellationToken cancellation)
    {
        var wanted = 1;
        while (await viewer.Input.NeedAsync(wanted, cancellation))
        {
            var there = viewer.Input.Bytes.Length;
            var length = RfbClientMessage.LengthOf(viewer.Input.Bytes);
            if (length > MostMessage)
            {
                if (!await SkipAsync(viewer.Input, length, cancellation))
                    return;
                wanted = 1;
            }
            else if (length == 0 || length > there)
            {
                wanted = length == 0 ? there + 1 : (int)length;
            }
            else
            {
                if (Handle(viewer, viewer.Input.Bytes[..(int)length]) is { IsCompleted: false } room)
                    await room.WaitAsync(cancellation);
                viewer.Input.Take((int)length);
                wanted = 1;
            }
        }
    }

    private static async ValueTask<bool> SkipAsync(ViewerInput input, long length, CancellationToken cancellation)
    {
        while (length > 0)
        {
            if (!await input.NeedAsync(1, cancellation))
                return false;
            var skipped = (int)Math.Min(length, input.Bytes.Length);
            input.Take(skipped);
            length -= skipped;
        }

        return true;
    }

    /// <summary>Lets go of what a viewer holds that left, or may not type any more. Within the gate.</summary>
    private void Release(ScreenViewer viewer)
    {
        foreach (var message in viewer.Held.Release())
            _link?.Line.Send(message);
    }

    /// <summary>Does what a message asks for. Returns when the host has room for more.</summary>
    private Task Handle(ScreenViewer viewer, ReadOnlySpan<byte> message)
    {
        var type = message[0];
        if (RfbClientMessage.IsTouch(type))
            viewer.Touch();
        lock (Gate)
        {
            switch (type)
            {
                case RfbClientMessage.SetPixelFormat:
                    viewer.Format = RfbPixelFormat.Read(message[4..]) ?? throw new RfbException("the viewer asks for less than full colour, which is not relayed: let it ask for 32 bits a pixel");
                    AdjustLocked();
                    break;
                case RfbClientMessage.SetEncodings:
                    viewer.Ask(RfbClientMessage.Encodings(message));
                    AdjustLocked();
                    break;
                case RfbClientMessage.UpdateRequest:
                    viewer.Wants = true;
                    viewer.NeedsAll |= message[1] == 0;
                    if (!viewer.IsReady)
                    {
                        viewer.IsReady = true;
                        viewer.NeedsAll = true;
                        AdjustLocked();
                    }

                    RequestLocked();
                    break;
                // Judged here and nowhere else: whatever a browser sends.
                default:
                    if (!viewer.MayType)
                    {
                        Release(viewer);
                    }
                    else if (type != RfbClientMessage.CutText || viewer.MayExchange)
                    {
                        viewer.Held.Note(message);
                        _link?.Line.Send(message);
                    }

                    break;
            }

            return _link?.Line.RoomAsync() ?? Task.CompletedTask;
        }
    }
}
