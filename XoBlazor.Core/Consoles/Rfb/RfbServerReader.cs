using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>
/// Finds where the messages of a host and the rectangles in them begin and end, whatever pieces they come in; keeps a few bytes and no picture. Everything is
/// checked: what nobody asked for, or what cannot be, is an <see cref="RfbException"/>. Not thread-safe.
/// </summary>
internal sealed partial class RfbServerReader
{
    private const byte FramebufferUpdate = 0;
    private const byte SetColourMap = 1;
    private const byte Bell = 2;
    private const int MostCutText = 16 * 1024 * 1024;

    private readonly byte[] _head = new byte[16];
    private long _skip;
    private int _collect = 1;
    private int _have;
    private Step _step = Step.Type;
    private int _rectsLeft;
    private RfbRect _rect;

    private enum Step
    {
        Type, UpdateHead, RectHead, ColourMapHead, CutTextHead, MessageBody, RectBody, RreHead, LengthHead, ScreensHead, CursorKind,
        TileHead, TileCount, TileBody, TightControl, TightFilter, TightPalette, TightLength,
    }

    /// <summary>Between two messages.</summary>
    public bool IsBetween => _step == Step.Type && _have == 0;

    /// <summary>Reads on.</summary>
    public void Read(ReadOnlySpan<byte> piece, IRfbServerEvents events)
    {
        var at = 0;
        while (true)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, piece.Length - at);
                _skip -= skipped;
                at += skipped;
                if (_skip > 0)
                    return;
            }

            if (_step == Step.TileHead && _have == 0)
                at = PassTiles(piece, at);
            if (_have < _collect)
            {
                var taken = Math.Min(_collect - _have, piece.Length - at);
                piece.Slice(at, taken).CopyTo(_head.AsSpan(_have));
                _have += taken;
                at += taken;
                if (_have < _collect)
                    return;
            }

            Continue(at, events);
        }
    }

    /// <summary>What comes next: bytes to pass over, then bytes to look at, and what is done with them.</summary>
    private void Expect(long skip, int collect, Step step) => (_skip, _collect, _have, _step) = (skip, collect, 0, step);

    /// <summary>The same for a head of which some bytes are there already.</summary>
    private void Further(int collect, Step step) => (_collect, _step) = (collect, step);

    private void Continue(int at, IRfbServerEvents events)
    {
        switch (_step)
        {
            case Step.Type:
                BeginMessage(at, events);
                break;
            case Step.UpdateHead:
                _rectsLeft = BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2));
                NextRect(at, events);
                break;
            case Step.ColourMapHead:
                events.MessageBegan(_head.AsSpan(0, 6), at);
                Expect(6 * BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(4)), 0, Step.MessageBody);
                break;
            case Step.CutTextHead:
                // A negative length stands for the extended form (the registry's "Extended Clipboard").
                var length = Math.Abs((long)BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(4)));
                if (length > MostCutText)
                    throw new RfbException($"the host sends a clipboard of {length} bytes");
                events.MessageBegan(_head.AsSpan(0, 8), at);
                Expect(length, 0, Step.MessageBody);
                break;
            case Step.MessageBody:
                Expect(0, 1, Step.Type);
                events.MessageEnded(at);
                break;
            case Step.RectHead:
                _rect = RfbRect.Read(_head);
                BeginRect(at, events);
                break;
            case Step.RectBody:
                EndRect(at, events);
                break;
            default:
                ContinueRect();
                break;
        }
    }

    private void BeginMessage(int at, IRfbServerEvents events)
    {
        switch (_head[0])
        {
            case FramebufferUpdate:
                Further(4, Step.UpdateHead);
                break;
            case SetColourMap:
                Further(6, Step.ColourMapHead);
                break;
            case Bell:
                events.MessageBegan(_head.AsSpan(0, 1), at);
                Expect(0, 0, Step.MessageBody);
                break;
            case RfbServerMessage.CutText:
                events.CutTextBegins(at);
                Further(8, Step.CutTextHead);
                break;
            default:
                throw new RfbException($"the host sends the message {_head[0]}, which nobody asked for");
        }
    }

    private void NextRect(int at, IRfbServerEvents events)
    {
        if (_rectsLeft > 0)
        {
            Expect(0, RfbRect.HeadLength, Step.RectHead);
            return;
        }

        Expect(0, 1, Step.Type);
        events.UpdateEnded(at);
    }

    private void EndRect(int at, IRfbServerEvents events)
    {
        // The number that stands for "until the last" never counts down to its end.
        _rectsLeft = _rect.Encoding == RfbEncoding.LastRect ? 0 : _rectsLeft == RfbUpdate.UntilLast ? _rectsLeft : _rectsLeft - 1;
        events.RectEnded(_rect, at);
        NextRect(at, events);
    }
}
