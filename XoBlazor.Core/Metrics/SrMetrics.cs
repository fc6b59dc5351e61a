using System.Collections.Immutable;

namespace XoBlazor.Core.Metrics;

/// <summary>What the hosts that use a storage have of it: each sees its own use only.</summary>
/// <param name="Hosts">Those that answered, at least one.</param>
/// <param name="Problems">In words, of those that did not.</param>
public sealed record SrMetrics(ImmutableArray<SrMetrics.OfHost> Hosts, ImmutableArray<string> Problems)
{
    /// <param name="HostRef">The host's reference; whoever shows its name looks whether it may be viewed.</param>
    /// <param name="Metrics">The series that end in <see cref="Suffix"/>, by their names without it.</param>
    public sealed record OfHost(string HostRef, ObjectMetrics Metrics);

    /// <summary>Hosts put the beginning of a storage's uuid behind the names of its figures.</summary>
    public static string Suffix(string uuid) => $"_{uuid[..Math.Min(8, uuid.Length)]}";

    /// <summary>The hosts' values of a series put together, moment by moment; null when no host has it.</summary>
    /// <param name="isSum">Added up; else their mean.</param>
    public ObjectMetrics Together(IEnumerable<(string Name, bool IsSum)> wanted)
    {
        var newest = Hosts.MaxBy(host => host.Metrics.End)!.Metrics;
        var series = new Dictionary<string, ImmutableArray<float>>(StringComparer.Ordinal);
        foreach (var (name, isSum) in wanted)
            if (Together(name, isSum, newest.Count) is { } values)
                series[name] = values;
        return newest with { Series = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(series, StringComparer.Ordinal) };
    }

    // Clocks of hosts differ by a step at most: the newest values stand together.
    private ImmutableArray<float>? Together(string name, bool isSum, int count)
    {
        var all = Hosts.Select(host => host.Metrics[name]).OfType<ImmutableArray<float>>().ToList();
        if (all.Count == 0)
            return null;
        var together = ImmutableArray.CreateBuilder<float>(count);
        for (var at = 0; at < count; at++)
        {
            var (sum, known) = (0f, 0);
            foreach (var values in all)
            {
                if (values.Length - count + at is >= 0 and var place && !float.IsNaN(values[place]))
                    (sum, known) = (sum + values[place], known + 1);
            }

            together.Add(known == 0 ? float.NaN : isSum ? sum : sum / known);
        }

        return together.MoveToImmutable();
    }
}
