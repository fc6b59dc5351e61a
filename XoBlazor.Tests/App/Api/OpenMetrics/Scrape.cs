using System.Globalization;
using System.Text.RegularExpressions;

namespace XoBlazor.Tests.App.Api.OpenMetrics;

/// <summary>What was scraped, taken apart strictly: a line that is none of the format fails.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _samples = [];

    private Scrape()
    {
    }

    public List<string> Families { get; } = [];

    public IEnumerable<string> Names => _samples.Select(sample => sample.Name).Distinct();

    public static Scrape Read(string text)
    {
        var scrape = new Scrape();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                scrape.Families.Add(line.Split(' ')[2]);
            }
            else if (!line.StartsWith('#'))
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                Assert.StartsWith(scrape.Families[^1], sample.Groups["name"].Value, StringComparison.Ordinal);
                scrape._samples.Add((sample.Groups["name"].Value,
                    sample.Groups["label"].Captures.Zip(sample.Groups["value"].Captures).ToDictionary(pair => pair.First.Value, pair => Plain(pair.Second.Value)),
                    double.Parse(sample.Groups["number"].Value, CultureInfo.InvariantCulture)));
            }
        }

        Assert.Equal(scrape.Families.Distinct(), scrape.Families);
        return scrape;
    }

    /// <summary>The values of a name whose labels are these and others.</summary>
    public List<double> Of(string name, params (string Label, string Value)[] labels) =>
        [.. _samples.Where(sample => sample.Name == name && labels.All(one => sample.Labels.GetValueOrDefault(one.Label) == one.Value)).Select(sample => sample.Value)];

    /// <summary>All that one label is said to be.</summary>
    public IEnumerable<string> Values(string label) => _samples.Select(sample => sample.Labels.GetValueOrDefault(label)).OfType<string>().Distinct();

    private static string Plain(string escaped) => Escape().Replace(escaped, found => found.Value[1] == 'n' ? "\n" : found.Value[1..]);

    [GeneratedRegex(@"^(?<name>[a-z][a-z0-9_]*)(\{((?<label>[a-z_]+)=""(?<value>([^""\\\n]|\\[\\""n])*)"",?)*\})? (?<number>[-+0-9.eE]+)$")]
    private static partial Regex Sample();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
