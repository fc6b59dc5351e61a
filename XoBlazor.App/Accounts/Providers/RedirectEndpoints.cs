using Microsoft.AspNetCore.Mvc;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>The way to providers that have pages of their own, and back: plain links, because a form may not lead away from us.</summary>
internal static class RedirectEndpoints
{
    private const string Path = "/sign-in/with/{provider}";

    public static void MapRedirects(this WebApplication app)
    {
        app.MapGet(Path, BeginAsync).AllowAnonymous();
        app.MapGet($"{Path}/callback", CompleteAsync).AllowAnonymous();
        app.MapGet($"{Path}/again", AgainAsync).RequireAuthorization();
    }

    /// <summary>Where the button of a provider leads.</summary>
    public static string PathOf(string provider, string returnTo) =>
        $"{SignInEndpoints.Path}/with/{Uri.EscapeDataString(provider)}?{SignInEndpoints.ReturnParameter}={Uri.EscapeDataString(returnTo)}";

    /// <summary>Where somebody who is signed in proves it once more.</summary>
    public static string AgainOf(string provider, string returnTo) =>
        $"{SignInEndpoints.Path}/with/{Uri.EscapeDataString(provider)}/again?{SignInEndpoints.ReturnParameter}={Uri.EscapeDataString(returnTo)}";

    /// <summary>Where a provider sends browsers back to; it has to be told of it.</summary>
    public static string CallbackOf(string provider) => $"{SignInEndpoints.Path}/with/{Uri.EscapeDataString(provider)}/callback";

    private static Task<IResult> BeginAsync(HttpContext context, string provider, [FromQuery(Name = SignInEndpoints.ReturnParameter)] string? returnTo, RedirectSignIn signIn, CancellationToken token) =>
        context.User.Identity is { IsAuthenticated: true }
            ? Task.FromResult(Results.LocalRedirect(ReturnAddress.Safe(returnTo)))
            : signIn.BeginAsync(context, provider, ReturnAddress.Safe(returnTo), null, token);

    private static Task<IResult> AgainAsync(HttpContext context, string provider, [FromQuery(Name = SignInEndpoints.ReturnParameter)] string? returnTo, RedirectSignIn signIn, CancellationToken token) =>
        SignInSessions.IdOf(context.User) is { } session
            ? signIn.BeginAsync(context, provider, ReturnAddress.Safe(returnTo), session, token)
            : Task.FromResult(Results.LocalRedirect(SignInEndpoints.Path));

    private static async Task<IResult> CompleteAsync(HttpContext context, string provider, RedirectSignIn signIn, CancellationToken token)
    {
        try
        {
            return await signIn.CompleteAsync(context, provider, token);
        }
        catch (AuditException)
        {
            return Steps.SignInPages.NotDue(SignInEndpoints.Unrecorded, StatusCodes.Status503ServiceUnavailable);
        }
    }
}
