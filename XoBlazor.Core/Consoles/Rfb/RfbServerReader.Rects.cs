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

    private (int Column, int Row) _tile;
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
                _tile = default;
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
        if (_tile.Row * TileSide >= _rect.Height || _rect.Width == 0)
            Expect(0, 0, Step.RectBody);
        else
            Expect(0, 1, Step.TileHead);
    }

    private void BeginTile()
    {
        _tileKind = _head[0];
        var (colours, hasParts) = NextTileLayout(_tileKind);
        if (hasParts)
            Expect(colours, 1, Step.TileCount);
        else
            Expect(colours, 0, Step.TileBody);
    }

    /// <summary>Passes over the tiles that lie whole in what is there: a screen has thousands. What is cut off is left to the steps.</summary>
    private int PassTiles(ReadOnlySpan<byte> piece, int at)
    {
        while (at < piece.Length && _tile.Row * TileSide < _rect.Height)
        {
            var (kind, before) = (piece[at], _tile);
            var (length, hasParts) = NextTileLayout(kind);
            if (hasParts)
                length = at + 1 + length < piece.Length ? length + 1 + (piece[at + 1 + length] * PartBytes(kind)) : piece.Length;
            if (length >= piece.Length - at)
            {
                _tile = before;
                return at;
            }

            at += 1 + length;
        }

        NextTile();
        return at;
    }

    /// <summary>The length of what follows a tile's first byte, up to the number of its parts where it has any; goes on to the next tile.</summary>
    private (int Length, bool HasParts) NextTileLayout(byte kind)
    {
        var (column, row) = _tile;
        _tile = (column + 1) * TileSide < _rect.Width ? (column + 1, row) : (0, row + 1);
        if ((kind & 1) != 0)
            return (Math.Min(TileSide, _rect.Width - (column * TileSide)) * Math.Min(TileSide, _rect.Height - (row * TileSide)) * PixelBytes, false);
        return (((kind & 2) != 0 ? PixelBytes : 0) + ((kind & 4) != 0 ? PixelBytes : 0), (kind & 8) != 0);
    }

    // Two bytes of place and size, and a colour of its own where the tile says so.
    private static int PartBytes(byte kind) => (kind & 16) != 0 ? PixelBytes + 2 : 2;

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
