using System.Text;

namespace XoBlazor.Simulator.Consoles;

/// <summary>
/// A screen of characters: what is written to it, and its picture, line by line. Each change has a number, so that everybody who looks is sent only what is new to them.
/// Any thread may call.
/// </summary>
internal sealed class TextScreen
{
    private const int LeastSide = 64;
    private const int LargestSide = 4096;

    private readonly Lock _gate = new();
    private readonly uint _ink;
    private readonly uint _paper;
    private char[] _cells = [];
    private long[] _versions = [];
    private long _version = 1;
    private int _cursor;
    private (int Column, int Row) _pointer = (-1, -1);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="ink">The colour of the letters, as 0xRRGGBB.</param>
    /// <param name="paper">The colour around them.</param>
    public TextScreen(uint ink, uint paper)
    {
        (_ink, _paper) = (ink, paper);
        Resize(80 * ScreenFont.CellWidth, 25 * ScreenFont.CellHeight);
    }

    /// <summary>In pixels; with the height it changes at once.</summary>
    public (int Width, int Height) Size { get; private set; }

    /// <summary>A task that ends with the next change. Take it before looking, then look, then await it.</summary>
    public Task NextChange
    {
        get
        {
            lock (_gate) return _changed.Task;
        }
    }

    /// <summary>How many lines the picture has; the last one may be cut off.</summary>
    public int Lines => (Size.Height + ScreenFont.CellHeight - 1) / ScreenFont.CellHeight;

    private int Columns => Size.Width / ScreenFont.CellWidth;

    private int Rows => Size.Height / ScreenFont.CellHeight;

    /// <summary>What stands on the screen, without the empty lines at the end.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                var text = new StringBuilder();
                for (var row = 0; row < Rows; row++)
                    text.Append(_cells.AsSpan(row * Columns, Columns).TrimEnd(' ')).Append('\n');
                return text.ToString().TrimEnd('\n');
            }
        }
    }

    /// <summary>The number of the last change of a line of the picture.</summary>
    public long VersionOf(int line)
    {
        lock (_gate) return line < _versions.Length ? _versions[line] : 0;
    }

    /// <summary>Writes as a terminal does: a line feed begins the next line, a backspace steps back, a form feed empties the screen.</summary>
    public void Write(string text) => Change(() =>
    {
        foreach (var character in text)
            WriteLocked(character);
        TouchLocked(_cursor / Columns);
    });

    /// <summary>Makes the screen another size, in pixels within bounds; what is written stays as far as there is room.</summary>
    public void Resize(int width, int height) => Change(() =>
    {
        var (cells, columns, rows) = (_cells, Columns, Rows);
        Size = (Math.Clamp(width, LeastSide, LargestSide), Math.Clamp(height, LeastSide, LargestSide));
        _cells = new char[Columns * Rows];
        Array.Fill(_cells, ' ');
        var (column, row) = columns == 0 ? (0, 0) : (_cursor % columns, _cursor / columns);
        var skipped = Math.Max(0, row - Rows + 1);
        for (var kept = skipped; kept < rows && kept - skipped < Rows; kept++)
            cells.AsSpan(kept * columns, Math.Min(columns, Columns)).CopyTo(_cells.AsSpan((kept - skipped) * Columns));
        _cursor = ((row - skipped) * Columns) + Math.Min(column, Columns - 1);
        _versions = new long[Lines];
        Array.Fill(_versions, ++_version);
    });

    /// <summary>Shows where the mouse is, as a block.</summary>
    public void Point(int x, int y) => Change(() =>
    {
        var pointer = (Math.Clamp(x / ScreenFont.CellWidth, 0, Columns - 1), Math.Clamp(y / ScreenFont.CellHeight, 0, Rows - 1));
        if (pointer == _pointer) return;
        if (_pointer.Row >= 0 && _pointer.Row < _versions.Length) TouchLocked(_pointer.Row);
        _pointer = pointer;
        TouchLocked(_pointer.Row);
    });

    /// <summary>One line of the picture, row after row, each pixel as 0xRRGGBB.</summary>
    /// <returns>Its number of pixel rows; zero when the screen has become smaller.</returns>
    public int Draw(int line, int width, Span<uint> pixels)
    {
        lock (_gate)
        {
            var height = Math.Min(ScreenFont.CellHeight, Size.Height - (line * ScreenFont.CellHeight));
            if (height <= 0 || width != Size.Width) return 0;
            pixels[..(width * height)].Fill(_paper);
            if (line >= Rows) return height;
            for (var column = 0; column < Columns; column++)
            {
                var at = (line * Columns) + column;
                DrawCell(_cells[at], at == _cursor, (column, line) == _pointer, height, pixels[(column * ScreenFont.CellWidth)..], width);
            }

            return height;
        }
    }

    /// <summary>The whole picture in shades of grey.</summary>
    public (int Width, int Height, byte[] Shades) Shades()
    {
        lock (_gate)
        {
            var shades = new byte[Size.Width * Size.Height];
            var pixels = new uint[Size.Width * ScreenFont.CellHeight];
            for (var line = 0; line < Lines; line++)
            {
                var count = Draw(line, Size.Width, pixels) * Size.Width;
                for (var index = 0; index < count; index++)
                    shades[(line * pixels.Length) + index] = (byte)((((pixels[index] >> 16) & 0xFF) + (2 * ((pixels[index] >> 8) & 0xFF)) + (pixels[index] & 0xFF)) / 4);
            }

            return (Size.Width, Size.Height, shades);
        }
    }

    private void DrawCell(char character, bool hasCursor, bool hasPointer, int height, Span<uint> pixels, int width)
    {
        if (character == ' ' && !hasCursor && !hasPointer) return;
        for (var row = 0; row < height; row++)
        {
            var dots = ScreenFont.Dots(character, row);
            if (hasCursor && row >= ScreenFont.CellHeight - 3) dots = ~0;
            if (hasPointer) dots = ~dots;
            for (var x = 0; x < ScreenFont.CellWidth; x++)
                if ((dots & (1 << x)) != 0) pixels[(row * width) + x] = _ink;
        }
    }

    private void WriteLocked(char character)
    {
        switch (character)
        {
            case '\n':
                TouchLocked(_cursor / Columns);
                _cursor += Columns - (_cursor % Columns);
                break;
            case '\b':
                if (_cursor % Columns > 0) _cursor--;
                break;
            case '\f':
                Array.Fill(_cells, ' ');
                Array.Fill(_versions, ++_version);
                _cursor = 0;
                break;
            default:
                _cells[_cursor] = character;
                TouchLocked(_cursor / Columns);
                _cursor++;
                break;
        }

        if (_cursor < Columns * Rows) return;
        _cells.AsSpan(Columns).CopyTo(_cells);
        _cells.AsSpan(_cells.Length - Columns).Fill(' ');
        _cursor -= Columns;
        Array.Fill(_versions, ++_version);
    }

    private void TouchLocked(int line) => _versions[line] = ++_version;

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
