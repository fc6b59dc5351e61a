using Microsoft.Playwright;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Support;

/// <summary>The system's Chromium, driven without a bundled browser.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;

    // Playwright's own few seconds are too short for a busy machine, and hold for the whole process.
    static Browser() => Assertions.SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);

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

    /// <param name="isPhone">It is touched, and has no mouse.</param>
    public async Task<IPage> OpenAsync(string url, int width = 1440, int height = 900, bool dark = false, bool anyCertificate = false, bool isPhone = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            IgnoreHTTPSErrors = anyCertificate,
            HasTouch = isPhone,
            IsMobile = isPhone,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        await page.GotoAsync(url);
        return page;
    }

    /// <summary>Opens a page that gets one of its files, named by a pattern, only when told.</summary>
    public async Task<(IPage Page, TaskCompletionSource LetGo)> OpenWithoutAsync(string file, string url)
    {
        var page = await OpenAsync("about:blank");
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(file, async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(url);
        return (page, late);
    }

    /// <summary>Keys pressed one right after the other, however busy the machine is between two messages to the browser.</summary>
    public static Task PressTogetherAsync(IPage page, params string[] keys) => page.EvaluateAsync(
        "keys => keys.forEach(key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))", keys);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _driver.Dispose();
    }
}
