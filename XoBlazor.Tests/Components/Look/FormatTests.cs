using XoBlazor.App.Components.Ui;

namespace XoBlazor.Tests.Components.Look;

public sealed class FormatTests
{
    [Theory]
    [InlineData(-1, "–")]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1_610_612_736, "1.5 GiB")]
    [InlineData(107_374_182_400, "100 GiB")]
    [InlineData(17_482_000_000_000, "15.9 TiB")]
    [InlineData(long.MaxValue, "8 EiB")]
    public void Bytes_OfAnySize_HaveThreeFigures(long bytes, string text) => Assert.Equal(text, Format.Bytes(bytes));

    [Theory]
    [InlineData(-5, "0.0 s")]
    [InlineData(0.44, "0.4 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(3599, "59 min")]
    [InlineData(172799, "47 h")]
    [InlineData(172800, "2 d")]
    [InlineData(63115200, "2 y")]
    public void Duration_OfSeconds_HasOneUnit(double seconds, string text) => Assert.Equal(text, Format.Duration(TimeSpan.FromSeconds(seconds)));
}
