using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts;

/// <summary>Signing in and out: plain pages and form posts, because a circuit cannot set a cookie.</summary>
internal static partial class SignInEndpoints
{
    public const string Path = "/sign-in";
    public const string OutPath = "/sign-out";
    public const string ReturnParameter = "return";

    // One answer for a wrong name, a wrong password and a locked account, so that it tells nobody which names exist.
    private const string Refused =
        "This name and password do not match, or the account is locked for some minutes after too many attempts.";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(Path, Show).AllowAnonymous();
        app.MapPost(Path, SignInAsync).AllowAnonymous();
        app.MapGet(OutPath, () => new RazorComponentResult<SignOutPage>());
        app.MapPost(OutPath, SignOutAsync).AllowAnonymous();
    }

    private static IResult Show(HttpContext context, FirstAdministrator first, [FromQuery(Name = ReturnParameter)] string? returnTo) =>
        context.User.Identity is { IsAuthenticated: true }
            ? Results.LocalRedirect(ReturnAddress.Safe(returnTo))
            : Page(first, returnTo);

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm(Name = ReturnParameter)] string? returnTo,
        SignInManager<Account> signIn,
        PasswordCheck passwords,
        AddressDelay delay,
        SignInSessions sessions,
        FirstAdministrator first,
        ILogger<SignInSessions> log,
        CancellationToken token)
    {
        var address = context.Connection.RemoteIpAddress;
        if (delay.Begin(address) is var wait && wait > TimeSpan.Zero)
            return TooMany(context, first, returnTo, name, wait);

        if (await passwords.ProveAsync(name, password ?? "") is not { } account)
        {
            LogRefused(log, Printable(name), address?.ToString());
            return Page(first, returnTo, Refused, name);
        }

        delay.Forgive(address);
        if (SignInSessions.IdOf(context.User) is { } before)
            await sessions.EndAsync(before, token);
        var session = await sessions.StartAsync(account, context, token);
        var principal = await signIn.CreateUserPrincipalAsync(account);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(SignInSessions.Claim, session.Id.ToString()));
        identity.AddClaim(new Claim(SignInSessions.AddressClaim, session.Address ?? ""));
        await context.SignInAsync(IdentityConstants.ApplicationScheme, principal);
        LogSignedIn(log, account.UserName, session.Address);
        return Results.LocalRedirect(ReturnAddress.Safe(returnTo));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IFormCollection _, SignInSessions sessions, ILogger<SignInSessions> log, CancellationToken token)
    {
        if (SignInSessions.IdOf(context.User) is { } id)
        {
            await sessions.EndAsync(id, token);
            LogSignedOut(log, context.User.Identity?.Name);
        }
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.LocalRedirect(Path);
    }

    private static RazorComponentResult<SignInPage> TooMany(HttpContext context, FirstAdministrator first, string? returnTo, string? name, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var time = seconds < 100 ? $"{seconds} seconds" : $"{(seconds + 59) / 60} minutes";
        return Page(first, returnTo, $"Too many attempts from your address. Try again in {time}.", name, StatusCodes.Status429TooManyRequests);
    }

    private static RazorComponentResult<SignInPage> Page(
        FirstAdministrator first, string? returnTo, string? problem = null, string? name = null, int refusal = StatusCodes.Status401Unauthorized) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SignInPage.ReturnTo)] = ReturnAddress.Safe(returnTo),
            [nameof(SignInPage.Problem)] = problem,
            [nameof(SignInPage.Name)] = name,
            [nameof(SignInPage.IsSetUpMissing)] = first.IsMissing,
        })
        {
            StatusCode = problem is null ? StatusCodes.Status200OK : refusal,
        };

    private static string Printable(string? name) =>
        string.Concat((name ?? "").Take(100).Select(letter => char.IsControl(letter) ? '?' : letter));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} signed in from {Address}.")]
    private static partial void LogSignedIn(ILogger log, string? name, string? address);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} signed out.")]
    private static partial void LogSignedOut(ILogger log, string? name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in as '{Name}' from {Address} refused.")]
    private static partial void LogRefused(ILogger log, string name, string? address);
}
