using System.Net;
using System.Text.RegularExpressions;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>The sign-in page with its steps, as a browser without a circuit goes through them.</summary>
internal sealed partial class PageDoor : IDoor
{
    public string Name => "sign-in page";

    public bool TakesNames => true;

    public bool TakesCodes => true;

    public Task<Knocker> ApproachAsync(TestServer server, string name, string rightPassword) => Task.FromResult<Knocker>(async (password, code) =>
    {
        using var browser = server.Browser();
        using var answer = await browser.SignInAsAsync(name, password);
        if (code is null || answer.Headers.Location?.OriginalString != SignInPages.ProvePath)
            return new(await browser.IsSignedInAsync(), await ProblemAsync(answer));
        using var proven = await browser.StepAsync(SignInPages.ProvePath, value: code);
        return new(await browser.IsSignedInAsync(), await ProblemAsync(proven));
    });

    /// <summary>What the page says is wrong.</summary>
    public static async Task<string> ProblemAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(Problem().Match(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value);

    [GeneratedRegex("""<p class="problem" role="alert">([^<]*)</p>""")]
    private static partial Regex Problem();
}
