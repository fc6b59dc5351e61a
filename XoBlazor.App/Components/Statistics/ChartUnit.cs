using System.Globalization;
using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Statistics;

/// <summary>What the values of a chart are.</summary>
public enum ChartUnit
{
    /// <summary>Of 100.</summary>
    Percent,
    Bytes,
    BytesPerSecond,
    PerSecond,
    Milliseconds,
    Number,
}

/// <summary>How values of a unit are written, and where the lines of their scale go.</summary>
public static class ChartUnits
{
    private static readonly double[] s_steps = [1, 2, 4, 5, 10];

    public static string Write(this ChartUnit unit, double value) => unit switch
    {
        ChartUnit.Percent => $"{Rounded(value)} %",
        ChartUnit.Bytes => Format.Bytes((long)value),
        ChartUnit.BytesPerSecond => $"{Format.Bytes((long)value)}/s",
        ChartUnit.PerSecond => $"{Rounded(value)}/s",
        ChartUnit.Milliseconds => $"{Rounded(value)} ms",
        ChartUnit.Number => Rounded(value),
    };

    /// <summary>The end of a scale that has room for a value: a number that people like, in the unit's own steps.</summary>
    public static double Top(this ChartUnit unit, double most)
    {
        if (unit is ChartUnit.Bytes or ChartUnit.BytesPerSecond)
            return Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(most, 1024))));
        if (unit == ChartUnit.Percent && most <= 100)
            return 100;
        if (!(most > 0))
            return 1;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return s_steps.Select(step => step * decade).FirstOrDefault(end => end >= most, 20 * decade);
    }

    private static string Rounded(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
