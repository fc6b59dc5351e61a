using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>
/// Sends browsers to providers and takes them back: who it is says the provider, whose account that is and what is still to be proven says this server. Scoped.
/// </summary>
internal sealed partial class RedirectSignIn(
    SignInProviders providers, PendingRedirects pendings, DirectoryAccounts accounts, PasswordCheck passwords, SignInSteps steps, SignInSessions sessions, SignInAudit audit,
    OwnAccount own, AddressDelay delay, DelayedAttempts attempts, IDbContextFactory<AppDatabase> databases, TimeProvider time, ILogger<RedirectSignIn> log)
{
    private const int LongestAddress = 8 * 1024;
    private const int MostParameters = 30;
    private const int LongestParameter = 8 * 1024;

    private const string Stale = "This sign-in was not begun in this browser, took longer than ten minutes, or is over already. Begin again.";

    /// <summary>How far clocks may differ where somebody has to have proven it just now.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(2);

    /// <summary>Sends a browser to a provider.</summary>
    /// <param name="session">The session whose owner proves it once more; null for somebody who signs in.</param>
    public async Task<IResult> BeginAsync(HttpContext context, string key, string returnTo, Guid? session, CancellationToken token)
    {
        if (providers.Redirect(key) is not { } provider)
            return Problem("Nobody signs in that way any more. Choose another one.", StatusCodes.Status404NotFound);

        var question = new RedirectQuestion(Callback(context, provider), PendingRedirects.Random(), session is not null);
        RedirectBegun begun;
        try
        {
            begun = await provider.BeginAsync(question, token);
            CheckAddress(provider, begun.Address);
        }
        catch (ProviderException trouble)
        {
            return Trouble(provider, trouble);
        }
        pendings.Keep(context, new(provider.Key, question, begun.Memo, returnTo, AddressDelay.Site(context.Connection.RemoteIpAddress), time.GetUtcNow()) { Session = session });
        return Results.Redirect(begun.Address.AbsoluteUri);
    }

    /// <summary>Takes a browser back. Fails with <see cref="Core.Audit.AuditException"/> when it cannot be written down who came in.</summary>
    public async Task<IResult> CompleteAsync(HttpContext context, string key, CancellationToken token)
    {
        var query = Query(context);
        if (providers.Redirect(key) is not { } provider || pendings.Take(context, key, query.GetValueOrDefault("state")) is not { } pending)
            return Problem(Stale, StatusCodes.Status403Forbidden);
        var address = context.Connection.RemoteIpAddress;
        if (attempts.Begin(address, SignInAudit.Console) is var wait && wait > TimeSpan.Zero)
            return Problem(AddressDelay.Words(wait), StatusCodes.Status429TooManyRequests);

        RedirectAnswer answer;
        try
        {
            answer = await provider.CompleteAsync(new(query, pending.Question, pending.Memo), token);
        }
        catch (ProviderException trouble)
        {
            await audit.RefusedAsync(null, null, address?.ToString(), trouble.Message);
            return Trouble(provider, trouble);
        }

        switch (answer)
        {
            case RedirectAnswer.Refused refused:
                return await RefuseAsync(context, null, $"{provider.Label} did not let you in{(refused.Words is { } words ? $": {words}" : ".")}", $"{provider.Label}: {refused.Reason}");
            case RedirectAnswer.Accepted accepted when pending.Session is { } session:
                return await AgainAsync(context, provider, pending, accepted, session, token);
            case RedirectAnswer.Accepted accepted:
                return await ComeInAsync(context, provider, pending, accepted.Person, token);
            default:
                throw new InvalidOperationException("A provider accepts or refuses.");
        }
    }

    /// <summary>What somebody sees who has signed out here, and could sign out at the provider, too; null where there is nothing to see.</summary>
    public async Task<IResult?> SignedOutAsync(HttpContext context, Account account, CancellationToken token)
    {
        if (account.DirectoryId is not { } source || providers.RedirectOf(source) is not { } provider)
            return null;
        try
        {
            if (await provider.SignOutAsync(new($"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}{SignInEndpoints.Path}"), token) is not { } elsewhere)
                return null;
            CheckAddress(provider, elsewhere);
            return SignInPages.Page<SignedOutPage>(StatusCodes.Status200OK, (nameof(SignedOutPage.Label), provider.Label), (nameof(SignedOutPage.Elsewhere), elsewhere.AbsoluteUri));
        }
        catch (ProviderException trouble)
        {
            LogTrouble(provider.Label, trouble.Message, trouble);
            return null;
        }
    }

    private async Task<IResult> ComeInAsync(HttpContext context, IRedirectProvider provider, PendingRedirect pending, ProvenPerson person, CancellationToken token)
    {
        var linked = await accounts.LinkAsync(provider.Source, person, token);
        if (linked.Account is not { } account)
            return await RefuseAsync(context, person.Name, linked.Refusal!, linked.Refusal!);
        account = await passwords.FindAsync(account.Id) ?? account;
        if (await passwords.IsLockedAsync(account))
            return await RefuseAsync(context, person.Name, "The account is locked for some minutes after too many failures. Wait, then try again.", PasswordVerdict.Locked);
        delay.Forgive(context.Connection.RemoteIpAddress);
        return GoOn(await steps.BeginAsync(context, account, provider.Label, pending.ReturnTo, token));
    }

    // Nobody comes in: the session that is there has been proven anew, by the very person whose it is.
    private async Task<IResult> AgainAsync(
        HttpContext context, IRedirectProvider provider, PendingRedirect pending, RedirectAnswer.Accepted accepted, Guid session, CancellationToken token)
    {
        if (SignInSessions.IdOf(context.User) != session || context.User.Identity is not { IsAuthenticated: true })
            return Problem(Stale, StatusCodes.Status403Forbidden);
        if (accepted.Proven is not { } proven || proven < pending.Begun - s_skew)
            return await RefuseAsync(context, accepted.Person.Name, $"{provider.Label} did not ask you who you are, and so you have proven nothing. Sign out there, then try again.", $"{provider.Label} does not say that the person proved it just now");

        await using var database = await databases.CreateDbContextAsync(token);
        var (source, id) = (provider.Source.Id, accepted.Person.Id);
        var account = await database.Users.AsNoTracking().SingleOrDefaultAsync(one => one.DirectoryId == source && one.DirectoryUserId == id, token);
        if (account is null || !sessions.Of(account.Id).Any(one => one.Id == session))
            return await RefuseAsync(context, accepted.Person.Name, $"{provider.Label} knows you as {accepted.Person.Name}, who is not signed in here.", "somebody else proved it");
        delay.Forgive(context.Connection.RemoteIpAddress);
        try
        {
            await own.NoteProofAsync(OwnPasskeyEndpoints.RequesterOf(context), session, token);
            return GoOn(Results.LocalRedirect(pending.ReturnTo));
        }
        catch (AdministrationRefusedException refused)
        {
            return Problem(refused.Message, StatusCodes.Status403Forbidden);
        }
    }

    // The steps' cookie is for our own pages alone, and a redirect would still count as the provider's: so a page of ours leads on.
    private static IResult GoOn(IResult next) => next is RedirectHttpResult { Url: var url }
        ? SignInPages.Page<GoOnPage>(StatusCodes.Status200OK, (nameof(GoOnPage.To), url)) : next;

    private async Task<IResult> RefuseAsync(HttpContext context, string? name, string words, string reason)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        LogRefused(reason, address);
        await audit.RefusedAsync(name, null, address, reason);
        return Problem(words, StatusCodes.Status401Unauthorized);
    }

    private IResult Trouble(IRedirectProvider provider, ProviderException trouble)
    {
        LogTrouble(provider.Label, trouble.Message, trouble);
        return Problem($"{provider.Label} cannot be asked at the moment. Try again in a minute, or sign in another way; the server's log says what is wrong.", StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Problem(string words, int status) => SignInPages.NotDue(words, status);

    private static Uri Callback(HttpContext context, IRedirectProvider provider) =>
        new($"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}{RedirectEndpoints.CallbackOf(provider.Key)}");

    private static void CheckAddress(IRedirectProvider provider, Uri address)
    {
        var isSafe = address.IsAbsoluteUri && address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!isSafe || address.AbsoluteUri.Length > LongestAddress)
            throw new ProviderException($"{provider.Label} sends browsers to an address that is not https, or too long. Check its settings.");
    }

    // One value each: of two, nobody knows which one the other side means.
    private static Dictionary<string, string> Query(HttpContext context) => context.Request.Query.Where(one => one.Value is [{ Length: <= LongestParameter }]).Take(MostParameters)
        .ToDictionary(one => one.Key, one => one.Value[0]!, StringComparer.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in from {Address} was refused. {Reason}")]
    private partial void LogRefused(string reason, string? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} could not be asked at a sign-in. {Trouble}")]
    private partial void LogTrouble(string provider, string trouble, Exception cause);
}
