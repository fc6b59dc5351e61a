using Microsoft.Extensions.Options;
using XoBlazor.App.Accounts;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// The audit as JSON lines, for whoever may read it: a signed-in person, or a program with <c>Authorization: Bearer xob_…</c>. Taking it is itself recorded.
/// </summary>
internal static class AuditEndpoints
{
    public const string Path = "/audit.jsonl";

    private const string Face = "rest";
    private const string Scheme = "Bearer ";

    public static void MapAudit(this WebApplication app) =>
        // A token is no cookie: who it is, is found out here.
        app.MapGet(Path, ExportAsync).AllowAnonymous();

    private static async Task<IResult> ExportAsync(
        HttpContext context, ApiTokens tokens, DelayedAttempts attempts, AdministrationRunner runner, IOptions<AuditOptions> options, CancellationToken token)
    {
        if (await RequesterAsync(context, tokens, attempts, token) is not { } requester)
            return Results.Text("Sign in, or send an API token as 'Authorization: Bearer xob_…'.", statusCode: StatusCodes.Status401Unauthorized);

        try
        {
            var act = new AdministrationAct(AdministrationRights.ReadAudit, AuditCategory.Audit, "audit.export", new("audit", null, "", "audit"));
            await runner.RunAsync(requester, act, async inner =>
            {
                context.Response.ContentType = "application/jsonl";
                context.Response.Headers.ContentDisposition = "attachment; filename=\"xo-blazor-audit.jsonl\"";
                context.Response.Headers.CacheControl = "no-store";
                await AuditExport.WriteAsync(options.Value.Folder, context.Response.Body, inner);
            }, token);
            return Results.Empty;
        }
        catch (AdministrationRefusedException refused)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status403Forbidden);
        }
    }

    private static async Task<Requester?> RequesterAsync(HttpContext context, ApiTokens tokens, DelayedAttempts attempts, CancellationToken token)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        // A token that is sent is meant: a wrong one is not made good by a cookie.
        if (context.Request.Headers.Authorization is [{ } sent])
        {
            if (!sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
                return null;
            if (await tokens.FindAsync(sent[Scheme.Length..].Trim(), address, token) is { } actor)
                return new(actor, Face, address);
            await attempts.RefusedTokenAsync(context.Connection.RemoteIpAddress, Face);
            return null;
        }

        return context.User.Identity is { IsAuthenticated: true } ? new(ActorOf.Principal(context.User), Actions.Face, address) : null;
    }
}
