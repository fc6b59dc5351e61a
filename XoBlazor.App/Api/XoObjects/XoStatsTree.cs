using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Metrics;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>Figures on their way into Xen Orchestra's shape: groups within groups, series at their ends. Used by one writer.</summary>
internal sealed class XoStatsTree
{
    /// <summary>From here on a value is whole, and is written so: the shortest text of it would have other digits.</summary>
    private const float LargestWithFraction = 1 << 24;

    private readonly Dictionary<string, object> _root = new(StringComparer.Ordinal);

    public XoStatsTree(ObjectMetrics metrics, ImmutableArray<XoStatsRule> rules)
    {
        foreach (var (name, values) in metrics.Series.OrderBy(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal))
            foreach (var rule in rules)
                if (rule.Fits(name, out var device))
                    Add(device.Length == 0 ? rule.Path.Split('.') : [.. rule.Path.Split('.'), device], values, rule.Factor);
    }

    public void Add(ReadOnlySpan<string> path, ImmutableArray<float> values, double factor)
    {
        var group = _root;
        foreach (var part in path[..^1])
        {
            if (!group.TryGetValue(part, out var next))
                group[part] = next = new Dictionary<string, object>(StringComparer.Ordinal);
            group = (Dictionary<string, object>)next;
        }

        group[path[^1]] = (values, factor);
    }

    public void Write(Utf8JsonWriter writer) => Write(writer, _root);

    private static void Write(Utf8JsonWriter writer, Dictionary<string, object> group)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in group)
        {
            writer.WritePropertyName(name);
            if (value is (ImmutableArray<float> values, double factor))
                Write(writer, values, factor);
            else
                Write(writer, (Dictionary<string, object>)value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ImmutableArray<float> values, double factor)
    {
        writer.WriteStartArray();
        foreach (var value in values)
        {
            // Infinite where the host's number is at the end of what there is.
            var number = (float)(value * factor);
            if (!float.IsFinite(number))
                writer.WriteNullValue();
            else if (Math.Abs(number) < LargestWithFraction)
                writer.WriteNumberValue(number);
            else
                writer.WriteNumberValue((double)number);
        }

        writer.WriteEndArray();
    }
}
