using System.IO.Pipelines;
using System.Text;
using XoBlazor.App.Api.OpenMetrics;

namespace XoBlazor.Tests.App.Api.OpenMetrics;

/// <summary>The text that Prometheus reads.</summary>
public sealed class MetricsTextTests
{
    [Theory]
    [InlineData("a \"quoted\" back\\slash\nline {x=\"y\"} 1")]
    [InlineData("\\")]
    [InlineData("\"} 1\nxen_vm_running 7")]
    public async Task Names_OfAnyKind_BreakNoLine(string name)
    {
        var all = Scrape.Read(await WriteAsync(isOpenMetrics: true, text =>
        {
            text.Begin("xen_x", "", "X.", isCounter: false);
            text.Sample(MetricsText.Labels(("name", name)), 1.5, "device", name);
        }));

        Assert.Equal([1.5], all.Of("xen_x", ("name", name), ("device", name)));
        Assert.Equal(["xen_x"], all.Names);
    }

    [Fact]
    public async Task Names_FarTooLong_AreCut_AndControlsReplaced()
    {
        var all = Scrape.Read(await WriteAsync(isOpenMetrics: false, text =>
        {
            text.Begin("xen_x", "", "X.", isCounter: false);
            text.Sample(MetricsText.Labels(("name", "\r\0" + new string('W', 10_000))), 1);
        }));

        Assert.Equal(["\uFFFD\uFFFD" + new string('W', 254)], all.Values("name"));
    }

    [Theory]
    [InlineData(true, "# HELP xen_x X.\n# TYPE xen_x counter\n# UNIT xen_x seconds\nxen_x_total 1E+20\n# EOF\n")]
    [InlineData(false, "# HELP xen_x_total X.\n# TYPE xen_x_total counter\nxen_x_total 1E+20\n")]
    public async Task Counter_IsNamedAsTheFormatWants(bool isOpenMetrics, string expected) => Assert.Equal(expected, await WriteAsync(isOpenMetrics, text =>
    {
        text.Begin("xen_x", "seconds", "X.", isCounter: true);
        text.Sample([], 1e20);
    }));

    private static async Task<string> WriteAsync(bool isOpenMetrics, Action<MetricsText> write)
    {
        var output = new MemoryStream();
        var pipe = PipeWriter.Create(output);
        var text = new MetricsText(pipe, isOpenMetrics);
        write(text);
        text.Finish();
        await text.FlushAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
