namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>The size of a screen in pixels, within what is believed of a host.</summary>
internal readonly record struct RfbSize(ushort Width, ushort Height)
{
    /// <summary>Screens are not larger than this, in either direction.</summary>
    public const int Most = 16384;

    /// <summary>Fails with <see cref="RfbException"/> for a size that no screen has.</summary>
    public static RfbSize Checked(ushort width, ushort height) => width is > 0 and <= Most && height is > 0 and <= Most
        ? new(width, height) : throw new RfbException($"the host says that the screen is {width} × {height} pixels, which no screen is");
}
