using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Metrics;

namespace XoBlazor.Tests.Metrics;

/// <summary>What the names of a host's figures say.</summary>
public sealed class ObjectMetricsTests
{
    [Theory]
    [InlineData("vif_0_rx", "0")]
    [InlineData("vif_0_rx_errors", null)]
    [InlineData("vif_0_rx_rx", null)]
    [InlineData("vif_aggr_rx", null)]
    [InlineData("vif__rx", null)]
    [InlineData("vif_rx", null)]
    [InlineData("pif_0_rx", null)]
    public void Device_IsWhatStandsBetween(string name, string? device) => Assert.Equal(device, ObjectMetrics.Device(name, "vif_", "_rx"));

    [Fact]
    public void Processors_AreTheirMean_WithoutFiguresThatOnlyBeginLikeTheirs()
    {
        var metrics = new ObjectMetrics(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(5), 2, new Dictionary<string, ImmutableArray<float>>
        {
            ["cpu0"] = [0.9f, 0.25f],
            ["cpu1"] = [0.75f, float.NaN],
            ["cpu2"] = [float.NaN, float.NaN],
            ["cpu"] = [7, 7],
            ["cpu0-C1"] = [7, 7],
            ["cpu_avg"] = [7, 7],
        }.ToFrozenDictionary());

        Assert.Equal(0.5, metrics.NewestOfProcessors());
        Assert.Null((metrics with { Series = FrozenDictionary<string, ImmutableArray<float>>.Empty }).NewestOfProcessors());
    }
}
