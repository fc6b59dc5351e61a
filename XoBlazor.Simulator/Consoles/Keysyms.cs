namespace XoBlazor.Simulator.Consoles;

/// <summary>The numbers by which RFB names keys, those of the X Window System (RFC 6143 §7.5.4).</summary>
internal static class Keysyms
{
    public const uint Delete = 0xFFFF;

    private const uint UnicodeBase = 0x0100_0000;
    private const uint LastUnicode = UnicodeBase + 0xFFFF;

    public static bool IsControl(uint keysym) => keysym is 0xFFE3 or 0xFFE4;

    public static bool IsAlt(uint keysym) => keysym is 0xFFE9 or 0xFFEA;

    /// <summary>The character that a key gives, with carriage return, backspace and tab; null for one that gives none.</summary>
    public static char? CharacterOf(uint keysym) => keysym switch
    {
        0xFF0D or 0xFF8D => '\r',
        0xFF08 => '\b',
        0xFF09 => '\t',
        >= 0xFFAA and <= 0xFFB9 => (char)(keysym - 0xFF80),
        0x20AC => '€',
        >= 0x20 and <= 0x7E or >= 0xA0 and <= 0xFF => (char)keysym,
        >= UnicodeBase + 0x20 and <= LastUnicode => (char)(keysym - UnicodeBase),
        _ => null,
    };
}
