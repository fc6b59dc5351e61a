using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>Pictures of the demo for human eyes: run with XOBLAZOR_LOOKS naming a folder (and XOBLAZOR_LOOK_AT, addresses separated by spaces).</summary>
public sealed class DemoLooks
{
    [Fact]
    public async Task Demo_AtBothSizesAndThemes_IsPictured()
    {
        var looks = Environment.GetEnvironmentVariable("XOBLAZOR_LOOKS");
        Assert.SkipWhen(string.IsNullOrEmpty(looks), "Only for looking; name a folder in XOBLAZOR_LOOKS.");
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0");
        var address = await server.ReadyAsync();
        var password = Regex.Match(await server.LineAsync(text => text.StartsWith("Demo: ", StringComparison.Ordinal)), "password ([a-z0-9-]+)").Groups[1].Value;
        await using var browser = await Browser.StartAsync();
        var addresses = (Environment.GetEnvironmentVariable("XOBLAZOR_LOOK_AT") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

        foreach (var (width, height, dark) in new[] { (1440, 900, false), (1440, 900, true), (390, 844, false), (390, 844, true) })
        {
            var page = await browser.OpenAsync(address.AbsoluteUri, width, height, dark);
            await page.GetByLabel("User name").FillAsync("admin");
            await page.GetByLabel("Password").FillAsync(password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.WaitForSelectorAsync("main h1");
            foreach (var (path, number) in addresses.Select((a, i) => (a, i)))
            {
                await page.GotoAsync(new Uri(address, path.Replace("NOW", TimeProvider.System.GetUtcNow().AddSeconds(-20).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)).AbsoluteUri);
                await page.WaitForSelectorAsync("main h1, main h2");
                await page.WaitForTimeoutAsync(2500);
                await page.ScreenshotAsync(new() { Path = Path.Combine(looks!, $"demo-{number}-{width}{(dark ? "-dark" : "")}.png") });
            }
        }

        await File.WriteAllTextAsync(Path.Combine(looks!, "server.txt"), server.Output, TestContext.Current.CancellationToken);
        Assert.NotEmpty(Directory.GetFiles(looks!));
    }
}
