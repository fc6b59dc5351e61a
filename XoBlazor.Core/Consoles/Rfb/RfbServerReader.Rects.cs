using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

internal sealed partial class RfbServerReader
{
    private const int PixelBytes = RfbPixelFormat.PixelBytes;
    private const int TightPixelBytes = RfbPixelFormat.TightPixelBytes;
    private const int MostCursor = 1024;
    private const int TileSide = 16;

    // A Tight rectangle's data that is shorter is not compressed and has no length before it.
    private const int LeastCompressed = 12;

    private int _tileColumns;
    private int _tiles;
    private int _tilesLeft;
    private byte _tileKind;
    private long _tightLength;
    private int _tightLengthBytes;

    private long Pixels => (long)_rect.Width * _rect.Height;

    private void BeginRect(int at, IRfbServerEvents events)
    {
        if (RfbEncoding.IsPicture(_rect.Encoding) && (_rect.Width > RfbSize.Most || _rect.Height > RfbSize.Most))
            throw new RfbException($"the host sends a piece of {_rect.Width} × {_rect.Height} pixels");
        // Before the end can be told, the beginning is.
        events.RectBegan(_rect, at);
        switch (_rect.Encoding)
        {
            case RfbEncoding.Raw:
                Expect(Pixels * PixelBytes, 0, Step.RectBody);
                break;
            case RfbEncoding.CopyRect:
                Expect(4, 0, Step.RectBody);
                break;
            case RfbEncoding.Rre:
                Expect(0, 4, Step.RreHead);
                break;
            case RfbEncoding.Hextile:
                _tileColumns = (_rect.Width + TileSide - 1) / TileSide;
                _tiles = _tilesLeft = _tileColumns * ((_rect.Height + TileSide - 1) / TileSide);
                NextTile();
                break;
            case RfbEncoding.Zlib or RfbEncoding.Zrle:
                Expect(0, 4, Step.LengthHead);
                break;
            case RfbEncoding.Tight or RfbEncoding.TightPng:
                Expect(0, 1, Step.TightControl);
                break;
            case RfbEncoding.Cursor:
                CheckCursor();
                Expect((Pixels * PixelBytes) + ((_rect.Width + 7) / 8 * _rect.Height), 0, Step.RectBody);
                break;
            case RfbEncoding.VmwareCursor:
                CheckCursor();
                Expect(0, 2, Step.CursorKind);
                break;
            case RfbEncoding.QemuLedState:
                Expect(1, 0, Step.RectBody);
                break;
            case RfbEncoding.ExtendedDesktopSize:
                Expect(0, 4, Step.ScreensHead);
                break;
            case RfbEncoding.DesktopSize or RfbEncoding.LastRect or RfbEncoding.QemuKeyEvent:
                Expect(0, 0, Step.RectBody);
                break;
            default:
                throw new RfbException($"the host sends a piece in the encoding {_rect.Encoding}, which nobody asked for");
        }
    }

    private void ContinueRect()
    {
        switch (_step)
        {
            case Step.RreHead:
                var pieces = BinaryPrimitives.ReadUInt32BigEndian(_head);
                if (pieces > Pixels)
                    throw new RfbException($"the host sends {pieces} parts in a piece of {Pixels} pixels");
                Expect(PixelBytes + (pieces * (PixelBytes + 8L)), 0, Step.RectBody);
                break;
            case Step.LengthHead:
                var length = BinaryPrimitives.ReadUInt32BigEndian(_head);
                // Compressing makes what cannot be compressed a little longer.
                if (length > (Pixels * (PixelBytes + 1)) + (64 * 1024))
                    throw new RfbException($"the host sends {length} bytes for a piece of {Pixels} pixels");
                Expect(length, 0, Step.RectBody);
                break;
            case Step.ScreensHead:
                Expect(16 * _head[0], 0, Step.RectBody);
                break;
            case Step.CursorKind:
                Expect(Pixels * (_head[0] == 0 ? 2 * PixelBytes : PixelBytes), 0, Step.RectBody);
                break;
            case Step.TileHead:
                BeginTile();
                break;
            case Step.TileCount:
                Expect(_head[0] * PartBytes(_tileKind), 0, Step.TileBody);
                break;
            case Step.TileBody:
                NextTile();
                break;
            case Step.TightControl:
                BeginTight();
                break;
            case Step.TightFilter:
                FilterTight();
                break;
            case Step.TightPalette:
                PaletteTight();
                break;
            case Step.TightLength:
                LengthenTight();
                break;
        }
    }

    private void CheckCursor()
    {
        if (_rect.Width > MostCursor || _rect.Height > MostCursor)
            throw new RfbException($"the host sends a mouse pointer of {_rect.Width} × {_rect.Height} pixels");
    }

    // RFC 6143 §7.7.4: tiles of 16 × 16, smaller at the right and bottom, each with a byte before it that says how it is told.
    private void NextTile()
    {
        if (_tilesLeft == 0)
            Expect(0, 0, Step.RectBody);
        else
            Expect(0, 1, Step.TileHead);
    }

    private void BeginTile()
    {
        _tileKind = _head[0];
        var length = TileBytes(_tileKind, _tilesLeft--);
        if (HasParts(_tileKind))
            Expect(length, 1, Step.TileCount);
        else
            Expect(length, 0, Step.TileBody);
    }

    /// <summary>Passes over the tiles that lie whole in what is there: a screen has thousands. What is cut off is left to the steps.</summary>
    private int PassTiles(ReadOnlySpan<byte> piece, int at)
    {
        // Neighbours are often told alike. That the next one is can be guessed ahead by the processor, which otherwise has to know one tile's length before it can look at the next.
        var (left, kindBefore, countBefore, countAt, lengthBefore) = (_tilesLeft, -1, 0, 0, 0);
        while (left > 0 && at < piece.Length)
        {
            int kind = piece[at];
            int end;
            if (kind == kindBefore && at + lengthBefore <= piece.Length && piece[at + countAt] == countBefore)
            {
                end = at + lengthBefore;
            }
            else
            {
                end = at + 1 + TileBytes(kind, left);
                if (HasParts(kind))
                {
                    if (end >= piece.Length)
                        break;
                    (countAt, countBefore) = (end - at, piece[end]);
                    end += 1 + (countBefore * PartBytes(kind));
                }
                else
                {
                    (countAt, countBefore) = (0, kind);
                }

                // Those in pixels are of another length at the right and bottom.
                (kindBefore, lengthBefore) = ((kind & 1) == 0 ? kind : -1, end - at);
                if (end > piece.Length)
                    break;
            }

            at = end;
            left--;
        }

        _tilesLeft = left;
        NextTile();
        return at;
    }

    /// <summary>How many bytes follow a tile's first, up to the number of its parts where it has any.</summary>
    /// <param name="left">How many tiles of the rectangle are left, this one included.</param>
    private int TileBytes(int kind, int left)
    {
        if ((kind & 1) == 0)
            return ((kind & 2) << 1) + (kind & 4);
        var (row, column) = Math.DivRem(_tiles - left, _tileColumns);
        return Math.Min(TileSide, _rect.Width - (column * TileSide)) * Math.Min(TileSide, _rect.Height - (row * TileSide)) * PixelBytes;
    }

    private static bool HasParts(int kind) => (kind & 9) == 8;

    // Two bytes of place and size, and a colour of its own where the tile says so.
    private static int PartBytes(int kind) => (kind & 16) != 0 ? PixelBytes + 2 : 2;

    // The registry's "Tight Encoding": a control byte, whose upper half says what follows.
    private void BeginTight()
    {
        var control = _head[0] >> 4;
        switch (control)
        {
            case 8:
                Expect(TightPixelBytes, 0, Step.RectBody);
                break;
            case 9:
            case 10 when _rect.Encoding == RfbEncoding.TightPng:
                ExpectTightLength();
                break;
            case < 8 when _rect.Encoding == RfbEncoding.Tight:
                if ((control & 4) != 0)
                    Expect(0, 1, Step.TightFilter);
                else
                    TightData(Pixels * TightPixelBytes, 0);
                break;
            default:
                throw new RfbException($"the host sends a piece in Tight of the kind {control}, which there is not");
        }
    }

    private void FilterTight()
    {
        switch (_head[0])
        {
            case 0 or 2:
                TightData(Pixels * TightPixelBytes, 0);
                break;
            case 1:
                Expect(0, 1, Step.TightPalette);
                break;
            default:
                throw new RfbException($"the host sends a piece in Tight with the filter {_head[0]}, which there is not");
        }
    }

    private void PaletteTight()
    {
        var colours = _head[0] + 1;
        TightData(colours == 2 ? (long)((_rect.Width + 7) / 8) * _rect.Height : Pixels, colours * TightPixelBytes);
    }

    private void TightData(long raw, int before)
    {
        if (raw < LeastCompressed)
        {
            Expect(before + raw, 0, Step.RectBody);
            return;
        }

        ExpectTightLength(before);
    }

    private void ExpectTightLength(int before = 0)
    {
        (_tightLength, _tightLengthBytes) = (0, 0);
        Expect(before, 1, Step.TightLength);
    }

    // Seven bits in each of one to three bytes, eight in the third; the highest bit of the first two says that another follows.
    private void LengthenTight()
    {
        var isLast = _tightLengthBytes == 2 || (_head[0] & 0x80) == 0;
        _tightLength |= (long)(_tightLengthBytes == 2 ? _head[0] : _head[0] & 0x7F) << (7 * _tightLengthBytes);
        _tightLengthBytes++;
        if (isLast)
            Expect(_tightLength, 0, Step.RectBody);
        else
            Expect(0, 1, Step.TightLength);
    }
}
