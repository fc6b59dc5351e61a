using System.Buffers;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;

namespace XoBlazor.Tests.Metrics.History;

/// <summary>Values in few bytes, and back.</summary>
public sealed class HistoryPackingTests
{
    [Fact]
    public void Values_ComeBackAsExactAsTheirSeries_WithGaps()
    {
        var random = new Random(5);
        var written = new HistoryValues(MetricsOwner.Vm, 72);
        var told = Enumerable.Range(0, 72).Select(_ => (float[])[random.NextSingle(), 3.5f * (1 << 30), random.NextSingle() * 1e9f, random.NextSingle() * 1e6f, 0, random.NextSingle() * 1e4f, 17]).ToList();
        for (var at = 0; at < 72; at++)
            if (at is < 20 or > 30)
                written.Set(at, told[at]);

        var read = HistoryValues.Read(Bytes(written), MetricsOwner.Vm, 72);

        for (var at = 0; at < 72; at++)
            for (var series = 0; series < 7; series++)
                if (at is >= 20 and <= 30)
                    Assert.True(float.IsNaN(read.Of(series)[at]));
                else
                    Assert.Equal(told[at][series], read.Of(series)[at], told[at][series] * 0.002f + 1e-4f);
        Assert.Equal(3.5f * (1 << 30), read.Of(1)[0]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3e38f)]
    public void Value_ThatCannotBe_IsNotKnown(float value) => Assert.True(float.IsNaN(HistoryPacking.Value(HistoryPacking.Code(value, HistorySeries.Memory), HistorySeries.Memory)));

    [Fact]
    public void Window_OfAVmThatDoesAlwaysTheSame_TakesAFewBytes()
    {
        var values = new HistoryValues(MetricsOwner.Vm, 72);
        for (var at = 0; at < 72; at++)
            values.Set(at, [0.5f, 1 << 30, 1 << 29, 0, 0, 1000, 1000]);

        Assert.InRange(Bytes(values).Length, 1, 60);
    }

    [Fact]
    public void Bytes_ThatAreNotOurs_AreGaps_AndNothingWorse()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            if (bytes.Length > 0)
                bytes[0] = 1;

            var read = HistoryValues.Read(bytes, MetricsOwner.Host, 72);

            Assert.All(Enumerable.Range(0, 7).SelectMany(series => read.Of(series).ToArray()), value => Assert.True(float.IsNaN(value) || value is >= 0 and < 2e30f));
        }
    }

    private static byte[] Bytes(HistoryValues values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        values.Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
