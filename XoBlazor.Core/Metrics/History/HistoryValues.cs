using System.Buffers;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;

namespace XoBlazor.Core.Metrics.History;

/// <summary>One object's values in one window, not a number where nothing is known. For one user at a time.</summary>
internal sealed class HistoryValues
{
    private const byte Format = 1;

    private readonly HistorySeries[] _series;
    private readonly int _places;
    private readonly float[] _values;

    public HistoryValues(MetricsOwner owner, int places)
    {
        _series = [.. HistorySeriesFacts.KeptOf(owner)];
        (_places, _values) = (places, new float[_series.Length * places]);
        Array.Fill(_values, float.NaN);
    }

    public ReadOnlySpan<float> Of(int series) => _values.AsSpan(series * _places, _places);

    /// <summary>Puts in what is known of a moment.</summary>
    public void Set(int place, ReadOnlySpan<float> values)
    {
        for (var series = 0; series < _series.Length; series++)
            if (!float.IsNaN(values[series]))
                _values[(series * _places) + place] = values[series];
    }

    /// <summary>Fills with another's values what is not known here.</summary>
    public void Complete(HistoryValues other)
    {
        for (var at = 0; at < _values.Length; at++)
            if (float.IsNaN(_values[at]))
                _values[at] = other._values[at];
    }

    /// <summary>Means of so many values each, put into a coarser window from a place on.</summary>
    public void Condense(int factor, HistoryValues into, int place)
    {
        for (var series = 0; series < _series.Length; series++)
            for (var at = 0; at < _places / factor; at++)
                if (Mean(Of(series).Slice(at * factor, factor)) is var mean && !float.IsNaN(mean))
                    into._values[(series * into._places) + place + at] = mean;
    }

    public void Write(ArrayBufferWriter<byte> into)
    {
        into.WriteNumber(Format);
        for (var series = 0; series < _series.Length; series++)
            HistoryPacking.Write(into, Of(series), _series[series]);
    }

    /// <summary>What <see cref="Write"/> wrote; nothing is known where that cannot be read.</summary>
    public static HistoryValues Read(ReadOnlySpan<byte> bytes, MetricsOwner owner, int places)
    {
        var values = new HistoryValues(owner, places);
        try
        {
            var reader = new ByteReader(bytes);
            if (reader.ReadNumber() == Format)
                for (var series = 0; series < values._series.Length; series++)
                    HistoryPacking.Read(ref reader, values._values.AsSpan(series * places, places), values._series[series]);
        }
        catch (JournalDamagedException)
        {
            // What was read so far stands.
        }

        return values;
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
            if (!float.IsNaN(value))
                (sum, count) = (sum + value, count + 1);
        return count == 0 ? float.NaN : (float)(sum / count);
    }
}
