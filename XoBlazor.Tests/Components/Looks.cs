using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components;

/// <summary>Pictures of every page for human eyes: run with XOBLAZOR_LOOKS naming a folder (and XOBLAZOR_LOOK_AT, addresses separated by spaces).</summary>
public sealed class Looks
{
    [Fact]
    public async Task Pages_AtBothSizesAndThemes_ArePictured()
    {
        var folder = Environment.GetEnvironmentVariable("XOBLAZOR_LOOKS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "Only for looking; name a folder in XOBLAZOR_LOOKS.");
        var token = TestContext.Current.CancellationToken;
        await using var host = await ConsoleHost.StartAsync(token);
        using var lyon = new SamplePool(host.Store, 1, 3, 40);
        using var paris = new SamplePool(host.Store, 2, 16, int.Parse(Environment.GetEnvironmentVariable("XOBLAZOR_LOOK_VMS") ?? "20", System.Globalization.CultureInfo.InvariantCulture), "Paris");
        await using var browser = await Browser.StartAsync();
        var looks = (Environment.GetEnvironmentVariable("XOBLAZOR_LOOK_AT") ?? "/vms").Split(' ');

        foreach (var address in looks)
        {
            foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
            {
                foreach (var dark in new[] { false, true })
                {
                    var page = await browser.OpenAsync(host.Url + address, width, height, dark);
                    page.Console += (_, message) => TestContext.Current.SendDiagnosticMessage(message.Text);
                    await page.WaitForSelectorAsync("main h1, main h2");
                    await page.WaitForTimeoutAsync(500);
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder!, $"{address.Trim('/').Replace('/', '_').Replace('?', '_')}-{width}{(dark ? "-dark" : "")}.png") });
                    await page.CloseAsync();
                }
            }
        }

        Assert.NotEmpty(Directory.GetFiles(folder!));
    }
}
