using XoBlazor.Core.Metrics;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>Takes the samples of one thing in one family. For one writer.</summary>
internal sealed class MetricSamples(MetricsText text)
{
    private byte[] _labels = [];

    /// <summary>What follows is about the thing with these labels.</summary>
    public MetricSamples About(byte[] labels)
    {
        _labels = labels;
        return this;
    }

    /// <summary>Nothing is said where nothing is known.</summary>
    public void Add(double? value)
    {
        if (value is { } known && double.IsFinite(known))
            text.Sample(_labels, known);
    }

    /// <summary>The same with a label more, and nothing where that is not known.</summary>
    public void Add(double? value, string label, string? named)
    {
        if (value is { } known && double.IsFinite(known) && named is not null)
            text.Sample(_labels, known, label, named);
    }

    /// <summary>The newest values of all series whose names are a device between two parts: <c>vif_0_rx</c>.</summary>
    public void AddDevices(ObjectMetrics? metrics, string before, string after, double factor = 1)
    {
        if (metrics is null)
            return;
        foreach (var (name, values) in metrics.Series)
            if (ObjectMetrics.Device(name, before, after) is { } device)
                Add(ObjectMetrics.Newest(values) * factor, "device", device);
    }
}
