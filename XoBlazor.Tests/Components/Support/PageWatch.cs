using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace XoBlazor.Tests.Components.Support;

/// <summary>What a page complained about in its console: errors, scripts that failed, files that did not come, breaches of the content policy.</summary>
public sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _complaints = new();

    private PageWatch()
    {
    }

    /// <summary>Listens from now on; a page that is not yet loaded is heard from its beginning.</summary>
    public static PageWatch On(IPage page)
    {
        var watch = new PageWatch();
        page.PageError += (_, error) => watch._complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" || message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                watch._complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        return watch;
    }

    /// <summary>What was heard since this was last asked.</summary>
    public IEnumerable<string> Take()
    {
        while (_complaints.TryDequeue(out var complaint))
            yield return complaint;
    }
}
