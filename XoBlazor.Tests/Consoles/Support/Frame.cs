namespace XoBlazor.Tests.Consoles.Support;

/// <summary>Pixels of a screen.</summary>
internal sealed class Frame(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public uint[] Pixels { get; } = new uint[width * height];

    public uint this[int x, int y]
    {
        get => Pixels[(y * width) + x];
        set => Pixels[(y * width) + x] = value;
    }

    public void Fill(int x, int y, int w, int h, uint colour)
    {
        for (var row = y; row < y + h; row++)
            Pixels.AsSpan((row * width) + x, w).Fill(colour);
    }

    public void Copy(int fromX, int fromY, int x, int y, int w, int h)
    {
        var taken = new uint[w * h];
        for (var row = 0; row < h; row++)
            Pixels.AsSpan(((fromY + row) * width) + fromX, w).CopyTo(taken.AsSpan(row * w));
        for (var row = 0; row < h; row++)
            taken.AsSpan(row * w, w).CopyTo(Pixels.AsSpan(((y + row) * width) + x));
    }
}
