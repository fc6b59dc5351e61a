namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>Samples of one name, of all things of a kind. Immutable.</summary>
/// <param name="Name">By the conventions of OpenMetrics, without <c>_total</c>; ends with the unit where there is one.</param>
/// <param name="Unit">A base unit such as <c>bytes</c>; empty for counts and states.</param>
/// <param name="Help">What it is, in a sentence without quotes or lines.</param>
/// <param name="Sample">Adds the samples of one thing.</param>
internal sealed record MetricFamily<T>(string Name, string Unit, string Help, Action<T, MetricSamples> Sample)
{
    /// <summary>Only ever grows while the server lives.</summary>
    public bool IsCounter { get; init; }

    public MetricFamily(string name, string unit, string help, Func<T, double?> value) : this(name, unit, help, (one, samples) => samples.Add(value(one)))
    {
    }
}
