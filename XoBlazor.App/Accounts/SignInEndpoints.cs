using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Data;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts;

/// <summary>Signing in and out: plain pages and form posts, because a circuit cannot set a cookie.</summary>
internal static partial class SignInEndpoints
{
    public const string Path = "/sign-in";
    public const string OutPath = "/sign-out";
    public const string ReturnParameter = "return";

    /// <summary>What people are told when the audit cannot be written.</summary>
    public const string Unrecorded =
        "Nobody can sign in at the moment, because the server cannot write down who does. Its log says why; usually the disk is full.";

    private const string Ended = "Your session has ended. Sign in again, and you are back where you were.";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(Path, Show).AllowAnonymous();
        app.MapPost(Path, SignInAsync).AllowAnonymous();
        app.MapSignInSteps();
        app.MapRedirects();
        app.MapOwnPasskeys();
        app.MapGet(OutPath, () => new RazorComponentResult<SignOutPage>()).RequireAuthorization();
        app.MapPost(OutPath, SignOutAsync).AllowAnonymous();
    }

    private static IResult Show(
        HttpContext context, FirstAdministrator first, IOptionsMonitor<CookieAuthenticationOptions> cookies, [FromQuery(Name = ReturnParameter)] string? returnTo) =>
        context.User.Identity is { IsAuthenticated: true }
            ? Results.LocalRedirect(ReturnAddress.Safe(returnTo))
            : Page(first, returnTo, notice: TakeEnded(context, cookies.Get(IdentityConstants.ApplicationScheme)) ? Ended : null);

    /// <summary>Whether the browser comes with a session that is over; told once.</summary>
    private static bool TakeEnded(HttpContext context, CookieAuthenticationOptions session)
    {
        if (session.Cookie.Name is not { } name || !context.Request.Cookies.ContainsKey(name))
            return false;
        session.CookieManager.DeleteCookie(context, name, session.Cookie.Build(context));
        return true;
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm(Name = ReturnParameter)] string? returnTo,
        SignInProof proof,
        SignInSteps steps,
        SignInAudit audit,
        AddressDelay delay,
        DelayedAttempts attempts,
        FirstAdministrator first,
        ILogger<SignInSessions> log,
        CancellationToken token)
    {
        var address = context.Connection.RemoteIpAddress;
        if (attempts.Begin(address, SignInAudit.Console) is var wait && wait > TimeSpan.Zero)
            return TooMany(context, first, returnTo, name, wait);

        try
        {
            switch (await proof.ProveAsync(name, password ?? "", address?.ToString(), token))
            {
                case SignInAnswer.Refused refused:
                    LogRefused(log, SignInAudit.Printable(name), address?.ToString());
                    await audit.RefusedAsync(name, refused.Known, address?.ToString(), refused.Reason);
                    return Page(first, returnTo, refused.Words, name, refused.IsCrowded ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized);
                case SignInAnswer.Accepted accepted:
                    delay.Forgive(address);
                    return await steps.BeginAsync(context, accepted.Account, accepted.With, ReturnAddress.Safe(returnTo), token);
                default:
                    throw new InvalidOperationException("A sign-in is accepted or refused.");
            }
        }
        catch (AuditException)
        {
            return Page(first, returnTo, Unrecorded, name, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, IFormCollection _, SignInSessions sessions, SignInAudit audit, UserManager<Account> accounts, RedirectSignIn redirects, ILogger<SignInSessions> log, CancellationToken token)
    {
        IResult? elsewhere = null;
        if (SignInSessions.IdOf(context.User) is { } id)
        {
            await sessions.EndAsync(id);
            LogSignedOut(log, context.User.Identity?.Name);
            if (await accounts.GetUserAsync(context.User) is { } account)
            {
                await audit.SignedOutAsync(account, context.Connection.RemoteIpAddress?.ToString());
                elsewhere = await redirects.SignedOutAsync(context, account, token);
            }
        }
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return elsewhere ?? Results.LocalRedirect(Path);
    }

    private static RazorComponentResult<SignInPage> TooMany(HttpContext context, FirstAdministrator first, string? returnTo, string? name, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Page(first, returnTo, AddressDelay.Words(wait), name, StatusCodes.Status429TooManyRequests);
    }

    private static RazorComponentResult<SignInPage> Page(
        FirstAdministrator first, string? returnTo, string? problem = null, string? name = null, int refusal = StatusCodes.Status401Unauthorized, string? notice = null) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SignInPage.ReturnTo)] = ReturnAddress.Safe(returnTo),
            [nameof(SignInPage.Problem)] = problem,
            [nameof(SignInPage.Notice)] = notice,
            [nameof(SignInPage.Name)] = name,
            [nameof(SignInPage.IsSetUpMissing)] = first.IsMissing,
        })
        {
            StatusCode = problem is null ? StatusCodes.Status200OK : refusal,
        };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} signed out.")]
    private static partial void LogSignedOut(ILogger log, string? name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in as '{Name}' from {Address} refused.")]
    private static partial void LogRefused(ILogger log, string name, string? address);
}
