using XoBlazor.App.Components.Statistics;

namespace XoBlazor.Tests.Components.Statistics;

/// <summary>Lines, scales and words of charts.</summary>
public sealed class ChartTests
{
    [Theory]
    [InlineData(ChartUnit.Percent, 3, 100)]
    [InlineData(ChartUnit.Percent, 130, 200)]
    [InlineData(ChartUnit.Number, 0, 1)]
    [InlineData(ChartUnit.Number, 0.03, 0.04)]
    [InlineData(ChartUnit.Number, 4.2, 5)]
    [InlineData(ChartUnit.PerSecond, 4100, 5000)]
    [InlineData(ChartUnit.BytesPerSecond, 0, 1024)]
    [InlineData(ChartUnit.BytesPerSecond, 1500, 2048)]
    [InlineData(ChartUnit.BytesPerSecond, 3.5 * 1048576, 4 * 1048576)]
    [InlineData(ChartUnit.Bytes, 900 * 1048576.0, 1024 * 1048576.0)]
    [InlineData(ChartUnit.Bytes, 64 * 1073741824.0, 64 * 1073741824.0)]
    public void Scale_EndsAtANumberThatPeopleLike(ChartUnit unit, double most, double top) => Assert.Equal(top, unit.Top(most), 1e-9);

    [Fact]
    public void Line_WithGaps_IsDrawnInPieces_AndALoneValueIsADot()
    {
        var series = new ChartSeries("a", [0, 100, double.NaN, 50, double.NaN, 25, 200]);

        Assert.Equal("M0 300L166.7 0M500 150h0M833.3 225L1000 0", series.Path(100));
        Assert.Equal(200, series.Last);
    }

    [Fact]
    public void Line_OfNothing_IsNone()
    {
        var series = new ChartSeries("a", [double.NaN, double.NaN]);

        Assert.Equal("", series.Path(100));
        Assert.Null(series.Last);
        Assert.True(new Chart("x", "X", ChartUnit.Number, [series]).IsEmpty);
    }

    [Fact]
    public void Chart_InWords_TellsNowAndTheEnds()
    {
        var chart = new Chart("x", "Network", ChartUnit.BytesPerSecond, [new("received", [1024, 4096, double.NaN]), new("sent", [double.NaN, double.NaN, double.NaN])]);

        Assert.Equal("Network, the last ten minutes: received now 4 KiB/s, between 1 KiB/s and 4 KiB/s.", chart.Words("the last ten minutes"));
    }
}
