namespace XoBlazor.Simulator.Consoles;

/// <summary>The letters of simulated screens: ASCII on a grid of 5 × 8 dots, stretched to cells of 9 × 18 pixels.</summary>
internal static class ScreenFont
{
    public const int CellWidth = 9;

    public const int CellHeight = 18;

    private const int GlyphRows = 8;
    private const int GlyphColumns = 5;

    /// <summary>Strokes are two pixels wide; where each of the five dots of a row begins.</summary>
    private static readonly int[] s_left = [0, 2, 3, 4, 6];

    /// <summary>From the space on, 8 digits to base 32 a glyph: the rows from above, the highest bit left.</summary>
    private static readonly string[] s_glyphs =
    [
        "00000000", "44444040", "AAA00000", "AAVAVAA0", "4FKE5U40", "OP248J30", "CIK8LID0", "44800000", "24888420", "84222480", "04LEL400", "044V4400", "0000C480", "000V0000", "00000CC0", "01248G00",
        "EHJLPHE0", "4C4444E0", "EH1248V0", "V2421HE0", "26AIV220", "VGU11HE0", "68GUHHE0", "V1248880", "EHHEHHE0", "EHHF12C0", "0CC0CC00", "0CC0C480", "248G8420", "00V0V000", "84212480", "EH124040",
        "EH1DLLE0", "EHHVHHH0", "UHHUHHU0", "EHGGGHE0", "SIHHHIS0", "VGGUGGV0", "VGGUGGG0", "EHGNHHF0", "HHHVHHH0", "E44444E0", "72222IC0", "HIKOKIH0", "GGGGGGV0", "HRLLHHH0", "HHPLJHH0", "EHHHHHE0",
        "UHHUGGG0", "EHHHLID0", "UHHUKIH0", "FGGE11U0", "V4444440", "HHHHHHE0", "HHHHHA40", "HHHLLLA0", "HHA4AHH0", "HHHA4440", "V1248GV0", "E88888E0", "0G842100", "E22222E0", "4AH00000", "0000000V",
        "84200000", "00E1FHF0", "GGMPHHU0", "00EGGHE0", "11DJHHF0", "00EHVGE0", "698S8880", "00FHHF1E", "GGMPHHH0", "40C444E0", "206222IC", "GGIKOKI0", "C44444E0", "00QLLHH0", "00MPHHH0", "00EHHHE0",
        "00UHHUGG", "00FHHF11", "00MPGGG0", "00FGE1U0", "88S88960", "00HHHJD0", "00HHHA40", "00HHLLA0", "00HA4AH0", "00HHHF1E", "00V248V0", "24484420", "44444440", "84424480", "008L2000",
    ];

    /// <summary>What stands for everything else.</summary>
    private const string Unknown = "VHHHHHV0";

    /// <summary>The dots of one pixel row of a character, the leftmost in bit 0.</summary>
    public static int Dots(char character, int pixelRow)
    {
        var row = (pixelRow - 1) / 2;
        if (pixelRow < 1 || row >= GlyphRows) return 0;
        var glyph = character is >= ' ' and <= '~' ? s_glyphs[character - ' '] : Unknown;
        var digit = glyph[row];
        var bits = digit <= '9' ? digit - '0' : digit - 'A' + 10;
        var dots = 0;
        for (var column = 0; column < GlyphColumns; column++)
            if ((bits & (1 << (GlyphColumns - 1 - column))) != 0) dots |= 0b11 << s_left[column];
        return dots;
    }
}
