using System.Net;

namespace XoBlazor.Tests.App.Accounts.Providers.Support;

/// <summary>The way to a provider and back, as a browser goes it.</summary>
internal static class Redirected
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Presses a provider's button, and returns where that leads.</summary>
    public static async Task<Uri> BeginAsync(this HttpClient browser, string provider, string returnTo = "/")
    {
        using var answer = await browser.GetAsync($"/sign-in/with/{provider}?return={Uri.EscapeDataString(returnTo)}", Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>Goes to a provider's page, which sends the browser back at once, and returns what it is to ask the server for then.</summary>
    public static async Task<string> VisitAsync(Uri page)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler);
        using var answer = await browser.GetAsync(page, Token);
        return answer.Headers.Location!.PathAndQuery;
    }

    /// <summary>The whole way.</summary>
    public static async Task<HttpResponseMessage> SignInWithAsync(this HttpClient browser, string provider, string returnTo = "/") =>
        await browser.GetAsync(await VisitAsync(await browser.BeginAsync(provider, returnTo)), Token);

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Token);
}
