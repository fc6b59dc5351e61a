using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Data;

namespace XoBlazor.Tests.App.Support;

/// <summary>Second factors for tests of the way in.</summary>
internal static partial class SecondFactorSteps
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Code(this TestServer server, string key) => Totp.Code(key, server.Get<TimeProvider>().GetUtcNow());

    /// <summary>Gives an account an authenticator app and recovery codes, and returns them. The code of now stays unused.</summary>
    public static async Task<(string Key, IReadOnlyList<string> Codes)> EnrolAsync(this TestServer server, string user)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var factors = scope.ServiceProvider.GetRequiredService<AccountFactors>();
        var account = (await accounts.FindByNameAsync(user))!;
        var key = Totp.NewKey();
        await scope.ServiceProvider.GetRequiredService<IUserAuthenticatorKeyStore<Account>>().SetAuthenticatorKeyAsync(account, key, Token);
        await accounts.SetTwoFactorEnabledAsync(account, true);
        return (key, await factors.MakeRecoveryCodesAsync(account));
    }

    /// <summary>A session of an account, as one that signed in has; with the password proven once more, if so wished.</summary>
    public static async Task<Guid> SessionAsync(this TestServer server, string user, bool isProven = false)
    {
        var account = await server.AccountAsync(user);
        var session = await server.Get<SignInSessions>().StartAsync(account, null, null, Token);
        if (isProven)
            server.Get<SignInSessions>().NoteProof(account.Id, session.Id);
        return session.Id;
    }

    public static async Task RequireAsync(this TestServer server, string role, SecondFactor factor)
    {
        await using var database = await server.DatabaseAsync();
        database.RoleRequirements.Add(new RoleRequirement { RoleId = role, SecondFactor = factor });
        await database.SaveChangesAsync(Token);
    }

    /// <summary>Posts to a step with the form's token of any page that can be loaded.</summary>
    public static Task<HttpResponseMessage> StepAsync(this HttpClient browser, string path, string field = "code", string value = "", string page = "/sign-in") =>
        TestServer.SubmitAsync(browser, page, new Dictionary<string, string> { [field] = value }, path);

    public static async Task<bool> IsSignedInAsync(this HttpClient browser) => (await browser.GetAsync("/nothing-here", Token)).StatusCode == HttpStatusCode.NotFound;

    /// <summary>The authenticator's key on the page that enrols it.</summary>
    public static string KeyOn(string html) => Secret().Match(html).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);

    public static IReadOnlyList<string> CodesOn(string html) => [.. RecoveryCode().Matches(html).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""<p class="secret"><code>([A-Z2-7 ]+)</code>""")]
    private static partial Regex Secret();

    [GeneratedRegex("<li><code>([^<]+)</code>")]
    private static partial Regex RecoveryCode();
}
