using Microsoft.Playwright;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Pictures for human eyes, taken only when XOBLAZOR_LOOKS names a folder for them.</summary>
public static class Pictures
{
    private static readonly string? s_folder = Environment.GetEnvironmentVariable("XOBLAZOR_LOOKS");

    public static async Task TakeAsync(IPage page, string name)
    {
        if (!string.IsNullOrEmpty(s_folder))
            await page.ScreenshotAsync(new() { Path = Path.Combine(s_folder, name + ".png") });
    }
}
