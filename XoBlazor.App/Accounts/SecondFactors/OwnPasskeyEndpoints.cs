using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Accounts.SecondFactors;

/// <summary>Adding a passkey to one's own account: a plain page, because what the browser signs has to be checked against a request. What was asked lies with the session and is used up by the first answer.</summary>
internal static class OwnPasskeyEndpoints
{
    public const string Path = "/profile/passkey";
    public const string PasswordPath = "/profile/passkey/password";

    private const int MostQuestions = 10_000;

    private static readonly ConcurrentDictionary<Guid, PasskeyQuestion> s_asked = new();

    public static void MapOwnPasskeys(this WebApplication app)
    {
        app.MapGet(Path, (HttpContext context, OwnAccount own, AccountFactors factors, SignInProviders providers, CancellationToken token) => PageAsync(context, own, factors, providers, null, token)).RequireAuthorization();
        app.MapPost(Path, AddAsync).RequireAuthorization();
        app.MapPost(PasswordPath, ProveAsync).RequireAuthorization();
    }

    private static async Task<IResult> ProveAsync(HttpContext context, [FromForm] string? password, OwnAccount own, AccountFactors factors, SignInProviders providers, CancellationToken token)
    {
        if (SignInSessions.IdOf(context.User) is not { } session)
            return Results.LocalRedirect(SignInEndpoints.Path);
        try
        {
            await own.ProvePasswordAsync(RequesterOf(context), session, password ?? "", token);
            return Results.LocalRedirect(Path);
        }
        catch (AdministrationRefusedException refused)
        {
            return await PageAsync(context, own, factors, providers, refused.Message, token);
        }
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, [FromForm] string? credential, [FromForm] string? name, OwnAccount own, AccountFactors factors, SignInProviders providers, CancellationToken token)
    {
        if (SignInSessions.IdOf(context.User) is not { } session || !s_asked.TryRemove(session, out var question))
            return await PageAsync(context, own, factors, providers, "This took too long. Try again.", token);
        try
        {
            var codes = await own.AddPasskeyAsync(RequesterOf(context), session, context, question, credential ?? "", name ?? "", token);
            return codes.Count == 0 ? Results.LocalRedirect("/profile") : SignInPages.Page<CodesPage>(StatusCodes.Status200OK, (nameof(CodesPage.Codes), codes), (nameof(CodesPage.Next), "/profile"));
        }
        catch (AdministrationRefusedException refused)
        {
            return await PageAsync(context, own, factors, providers, refused.Message, token);
        }
    }

    private static async Task<IResult> PageAsync(HttpContext context, OwnAccount own, AccountFactors factors, SignInProviders providers, string? problem, CancellationToken token)
    {
        if (SignInSessions.IdOf(context.User) is not { } session)
            return Results.LocalRedirect(SignInEndpoints.Path);
        var state = await own.StateAsync(RequesterOf(context), token);
        var status = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        if (!own.HasProof(RequesterOf(context), session))
        {
            var prover = state.Account.DirectoryId is { } source ? providers.RedirectOf(source) : null;
            return SignInPages.Page<OwnPasskeyPage>(status, (nameof(OwnPasskeyPage.Problem), problem), (nameof(OwnPasskeyPage.User), state.Account.UserName),
                (nameof(OwnPasskeyPage.Prover), prover?.Label), (nameof(OwnPasskeyPage.ProveAt), prover is null ? null : RedirectEndpoints.AgainOf(prover.Key, Path)));
        }
        var question = await factors.AskForNewPasskeyAsync(state.Account, context);
        if (s_asked.Count >= MostQuestions)
            s_asked.Clear();
        s_asked[session] = question;
        return SignInPages.Page<OwnPasskeyPage>(status, (nameof(OwnPasskeyPage.Problem), problem), (nameof(OwnPasskeyPage.Options), question.Options));
    }

    /// <summary>Who asks by a page without a circuit.</summary>
    internal static Requester RequesterOf(HttpContext context) =>
        new(ActorOf.Principal(context.User), Actions.Face, context.Connection.RemoteIpAddress?.ToString());
}
