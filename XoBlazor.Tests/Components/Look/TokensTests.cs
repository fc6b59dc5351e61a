using System.Globalization;
using System.Text.RegularExpressions;

namespace XoBlazor.Tests.Components.Look;

/// <summary>Keeps the promise of WCAG AA: what is read stands out from what it stands on, in both themes.</summary>
public sealed partial class TokensTests
{
    private const double Text = 4.5;
    private const double Control = 3;

    public static TheoryData<string, string, double> Pairs()
    {
        var pairs = new TheoryData<string, string, double>();
        foreach (var ground in new[] { "bg", "surface", "surface-2" })
            foreach (var ink in new[] { "text", "text-2", "text-3", "accent", "good", "idle", "busy", "held", "bad" })
                pairs.Add(ink, ground, Text);
        foreach (var tone in new[] { "good", "idle", "busy", "held", "bad" })
            pairs.Add(tone, tone + "-soft", Text);
        foreach (var ground in new[] { "accent-soft", "changed", "past", "surface-3", "busy-soft", "bad-soft" })
            pairs.Add("text", ground, Text);
        pairs.Add("on-accent", "accent", Text);
        pairs.Add("surface", "bad", Text);
        pairs.Add("accent", "accent-soft", Text);
        pairs.Add("text-2", "surface-3", Text);
        pairs.Add("line-control", "surface", Control);
        pairs.Add("line-control", "bg", Control);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_OfEveryPairInUse_StandApart(string ink, string ground, double least)
    {
        var tokens = Read();

        Assert.True(Contrast(tokens[ink].Light, tokens[ground].Light) >= least, $"{ink} on {ground} in light: {Contrast(tokens[ink].Light, tokens[ground].Light):0.00}");
        Assert.True(Contrast(tokens[ink].Dark, tokens[ground].Dark) >= least, $"{ink} on {ground} in dark: {Contrast(tokens[ink].Dark, tokens[ground].Dark):0.00}");
    }

    private static Dictionary<string, (string Light, string Dark)> Read()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "XoBlazor.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return Colour().Matches(File.ReadAllText(Path.Combine(folder, "wwwroot-assets", "tokens.css")))
            .ToDictionary(found => found.Groups[1].Value, found => (found.Groups[2].Value, found.Groups[3].Value));
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }

    [GeneratedRegex(@"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")]
    private static partial Regex Colour();
}
