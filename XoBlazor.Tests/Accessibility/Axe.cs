using System.Text.Json;
using Microsoft.Playwright;

namespace XoBlazor.Tests.Accessibility;

/// <summary>axe-core, put into a page to find what keeps people from using it.</summary>
internal static class Axe
{
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(v => v.impact === 'serious' || v.impact === 'critical')
          .flatMap(v => v.nodes.map(n => `${v.impact} ${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)} ${n.any.concat(n.all, n.none).map(c => c.message).join(' ').slice(0, 240)}`))
        """;

    private static readonly Lazy<string> s_source = new(() => File.ReadAllText(Find()));

    /// <summary>What is serious or critical on the page as it stands.</summary>
    public static async Task<string[]> ProblemsAsync(IPage page)
    {
        await page.EvaluateAsync(s_source.Value + "; null");
        return (await page.EvaluateAsync<JsonElement>(Run)).EnumerateArray().Select(problem => problem.GetString()!).ToArray();
    }

    private static string Find()
    {
        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (checkout is not null && !File.Exists(Path.Combine(checkout.FullName, "XoBlazor.sln")))
            checkout = checkout.Parent;
        var file = Path.Combine(checkout?.FullName ?? "", "XoBlazor.Tests", "Accessibility", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(file) || Environment.GetEnvironmentVariable("CI") == "true", "axe-core is not installed; ./test.sh installs it.");
        return file;
    }
}
