using System.Globalization;

namespace XoBlazor.Core.Operations;

/// <summary>Sizes as people and scripts write them: <c>512MiB</c>, <c>20 GiB</c>, <c>1.5 TB</c>, <c>10G</c>. Units with an "i", and bare letters, count in 1024s.</summary>
public static class SizeText
{
    private const string Units = "KMGTP";

    /// <summary>In the largest unit that leaves a number from 1 up, with at most one decimal.</summary>
    public static string Write(long bytes)
    {
        double value = bytes;
        var unit = 0;
        for (; value >= 1024 && unit < Units.Length; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {(unit == 0 ? "B" : Units[unit - 1] + "iB")}");
    }

    /// <summary>The bytes; null for what is no size, or too much of one.</summary>
    public static long? Read(string? text)
    {
        var unit = (text ?? "").Trim();
        var digits = unit.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count();
        if (!decimal.TryParse(unit[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return null;
        unit = unit[digits..].Trim().ToUpperInvariant();
        var power = unit.Length > 0 ? Units.IndexOf(unit[0], StringComparison.Ordinal) + 1 : 0;
        decimal step = unit switch
        {
            "" or "B" => 1,
            { Length: 1 } when power > 0 => 1024,
            [_, 'I', 'B'] when power > 0 => 1024,
            [_, 'B'] when power > 0 => 1000,
            _ => 0,
        };
        if (step == 0 || value > long.MaxValue / 2)
            return null;
        for (; power > 0 && value <= long.MaxValue; power--)
            value *= step;
        return value <= long.MaxValue ? (long)Math.Round(value) : null;
    }
}
