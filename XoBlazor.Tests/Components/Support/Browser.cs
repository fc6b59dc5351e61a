using Microsoft.Playwright;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Support;

/// <summary>The system's Chromium, driven without a bundled browser.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;

    private Browser(IPlaywright driver, IBrowser browser)
    {
        _driver = driver;
        _browser = browser;
    }

    public static string Path => Environment.GetEnvironmentVariable("XOBLAZOR_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    public static async Task<Browser> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Path) || Environment.GetEnvironmentVariable("CI") == "true", "There is no Chromium; ./test.sh installs it.");
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(driver, browser);
    }

    public async Task<IPage> OpenAsync(string url, int width = 1440, int height = 900, bool dark = false, bool anyCertificate = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            IgnoreHTTPSErrors = anyCertificate,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        await page.GotoAsync(url);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _driver.Dispose();
    }
}
