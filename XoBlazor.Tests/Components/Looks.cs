using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components;

/// <summary>Pictures of every page for human eyes: run with XOBLAZOR_LOOKS naming a folder (XOBLAZOR_LOOK_AT: addresses, separated by spaces; XOBLAZOR_LOOK_DO: a script to run first).</summary>
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
        lyon.Apply(lyon.Vm(3) with { NameLabel = new string('W', 200), Tags = [new string('T', 200)] });
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
                    if (Environment.GetEnvironmentVariable("XOBLAZOR_LOOK_DO") is { Length: > 0 } script)
                    {
                        await page.EvaluateAsync(script);
                        await page.WaitForTimeoutAsync(700);
                    }

                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder!, $"{address.Trim('/').Replace('/', '_').Replace('?', '_')}-{width}{(dark ? "-dark" : "")}.png") });
                    await page.CloseAsync();
                }
            }
        }

        Assert.NotEmpty(Directory.GetFiles(folder!));
    }
}
