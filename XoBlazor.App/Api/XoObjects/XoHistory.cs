using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>What was written down of an object, in the frame and the units of <see cref="XoStats"/>: processors are percent, the rest bytes and bytes a second, null in gaps.</summary>
internal static class XoHistory
{
    private const double Percent = 100;

    /// <param name="only">The series that are wanted; empty for all.</param>
    public static void Write(Utf8JsonWriter writer, ObjectHistory history, IReadOnlyCollection<HistorySeries> only)
    {
        writer.WriteStartObject();
        writer.WriteNumber("endTimestamp", history.Metrics.End.ToUnixTimeSeconds());
        writer.WriteNumber("interval", (long)history.Metrics.Step.TotalSeconds);
        if (history.Problem is { } problem)
            writer.WriteString("problem", problem);
        writer.WriteStartObject("stats");
        foreach (var series in Enum.GetValues<HistorySeries>().Where(one => only.Count == 0 || only.Contains(one)))
            if (history.Metrics[series.Name()] is { } values)
                Write(writer, series, values);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, HistorySeries series, ImmutableArray<float> values)
    {
        writer.WriteStartArray(series.Name());
        foreach (var value in values)
            if (float.IsNaN(value))
                writer.WriteNullValue();
            else
                writer.WriteNumberValue(series == HistorySeries.Cpu ? Math.Round(value * Percent, 2) : Math.Round((double)value));
        writer.WriteEndArray();
    }
}
