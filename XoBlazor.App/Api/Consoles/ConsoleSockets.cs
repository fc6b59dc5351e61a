using System.Net.WebSockets;
using XoBlazor.App.Accounts;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.Consoles;

/// <summary>
/// Where consoles are looked at: <c>/consoles/live</c> for our own page, with the console's cookie and a ticket, and Xen Orchestra's <c>/api/consoles/VM</c> for
/// programs, with a token. Both lead to the same places at the same consoles.
/// </summary>
internal static class ConsoleSockets
{
    /// <summary>For our own page.</summary>
    public const string Live = "/consoles/live";

    private const string Programs = "/api/consoles";
    private const string Binary = "binary";

    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(15);

    /// <summary>The address takes a token; a browser's sign-in means nothing there.</summary>
    public static bool IsForPrograms(PathString path) => path.StartsWithSegments(Programs, StringComparison.Ordinal);

    public static void UseConsoleSockets(this WebApplication app) =>
        app.UseWhen(static context => context.Request.Path == Live || IsForPrograms(context.Request.Path), static branch => branch.UseWebSockets(new() { KeepAliveInterval = s_ping, KeepAliveTimeout = s_ping }));

    public static void MapConsoleSockets(this WebApplication app)
    {
        app.MapGet(Live, ServeAsync).RequireAuthorization();
        app.MapGet(Programs + "/{id}", ServeProgramAsync).AllowAnonymous();
    }

    private static async Task ServeAsync(HttpContext context, ConsoleDesk desk, ConsoleTickets tickets, TimeProvider time)
    {
        if (!await IsSocketAsync(context))
            return;
        var user = ActorOf.Principal(context.User).Id;
        // A session without a number has no ticket.
        var signIn = SignInSessions.IdOf(context.User) ?? Guid.Empty;
        using var socket = await AcceptAsync(context);
        try
        {
            var seat = await EnterAsync(await ConsoleGreeting.ReadAsync(socket, time, context.RequestAborted));
            await seat.ServeAsync(socket, hasControl: true, context.RequestAborted);
        }
        catch (ConsoleRefusedException refused)
        {
            await ConsoleGreeting.RefuseAsync(socket, refused, context.RequestAborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Somebody who left before saying what they came for.
        }

        async Task<ConsoleSeat> EnterAsync(ConsoleGreeting greeting)
        {
            if (greeting.Resume is { } resume)
                return desk.Find(resume, user, signIn) ?? throw new ConsoleRefusedException("bad-ticket", "This console was closed meanwhile. Open it again.");
            return tickets.TryTake(greeting.Ticket!, user, signIn, out var ticket)
                ? await desk.OpenAsync(ticket.Requester, signIn, ticket.Vm, ticket.Kind, context.RequestAborted)
                : throw new ConsoleRefusedException("bad-ticket", "The ticket for this console was used already, or has run out. Open the console again.");
        }
    }

    private static async Task ServeProgramAsync(HttpContext context, string id, ConsoleDesk desk, ApiSignIn signIns, ApiSessions sessions)
    {
        if (!await IsSocketAsync(context))
            return;
        ApiSession? session = null;
        try
        {
            session = await signIns.WithTokenAsync(new ConsoleCaller(context), context.Request.Cookies["token"] ?? context.Request.Cookies["authenticationToken"] ?? "", context.RequestAborted);
            if (XoIds.Find<Vm>(session.View.Current, id) is not var (pool, vm))
                throw new ConsoleRefusedException("not-there", $"There is no VM '{ForeignText.Shown(id)}'.");
            var seat = await desk.OpenAsync(session.Requester, session.Token ?? session.Account, pool.Key(vm), ConsoleKind.Screen, context.RequestAborted);
            try
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(session.Ended, context.RequestAborted);
                using var socket = await AcceptAsync(context);
                await seat.ServeAsync(socket, hasControl: false, over.Token);
            }
            finally
            {
                await seat.CloseAsync();
            }
        }
        catch (ApiException)
        {
            await SayAsync(context, StatusCodes.Status401Unauthorized, "Sign in first: a token is sent as the cookie 'token'.");
        }
        catch (ConsoleRefusedException refused)
        {
            await SayAsync(context, refused.Code switch
            {
                "not-there" => StatusCodes.Status404NotFound,
                "no-right" => StatusCodes.Status403Forbidden,
                "too-many" => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status503ServiceUnavailable,
            }, refused.Message);
        }
        finally
        {
            if (session is not null)
                await sessions.CloseAsync(session);
        }
    }

    private static async Task<bool> IsSocketAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
            return true;
        context.Response.Headers.Upgrade = "websocket";
        await SayAsync(context, StatusCodes.Status426UpgradeRequired, "This is a console: connect with a WebSocket.");
        return false;
    }

    // As noVNC and Xen Orchestra's clients ask for it.
    private static Task<WebSocket> AcceptAsync(HttpContext context) =>
        context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.Contains(Binary) ? Binary : null);

    private static async Task SayAsync(HttpContext context, int status, string text)
    {
        if (context.Response.HasStarted)
            return;
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }
}
