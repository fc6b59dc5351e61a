using System.Net;
using System.Net.WebSockets;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Resets;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// What ends a sign-in ends all that hangs on it, also for a client that does not listen: cookies, open sockets, and where a password may have
/// been stolen the API tokens. Groups lost in a directory: <see cref="App.Accounts.DirectoryAccounts.DirectoryAccountTests"/>; a session of one's own,
/// whatever was planted before: <see cref="App.Accounts.Steps.SignInStepsTests"/>. Class 14 of docs/security.md.
/// </summary>
[Collection(nameof(Estate))]
public sealed class SessionLifeTests(Estate estate)
{
    /// <summary>A message of the hub's protocol that says only that the client is there: [6], four octets with its length.</summary>
    private static readonly byte[] s_ping = [0x02, 0x91, 0x06];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Ends => new()
    {
        { "sign-out", false }, { "password-change", true }, { "reset", true }, { "reset-on-the-server", true }, { "disabled", true }, { "deleted", true }, { "ended-by-administrator", false },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Session_Ended_TakesCookieAndSocketsAndMaybeTokensAlong(string how, bool endsTokens)
    {
        var name = "life-" + how;
        var admin = new Requester(estate.Administrator.Actor!, "test");
        var person = await estate.MakeAsync(admin, name, (Role.Viewer, estate.Vm(1)));
        using var browser = estate.Client(person);
        using var program = estate.Client(person, withToken: true);
        using var socket = await CircuitSocket.OpenAsync(estate.Address, person.Cookie);
        var before = ((await browser.GetAsync("/nothing-here", Token)).StatusCode, (await program.GetAsync(AuditEndpoints.Path, Token)).StatusCode);

        await EndAsync(how, admin, person);
        await EndOfAsync(socket);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), before);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/nothing-here", Token)).StatusCode);
        Assert.Equal(endsTokens ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, (await program.GetAsync(AuditEndpoints.Path, Token)).StatusCode);
        await Assert.ThrowsAsync<WebSocketException>(() => CircuitSocket.OpenAsync(estate.Address, person.Cookie));
    }

    [Fact]
    public async Task NarrowToken_ForItself_MakesNoWiderOneAndChangesNoAccount()
    {
        var actor = estate.Administrator.Actor! with { LimitedTo = Role.Viewer.Id };
        var narrow = new Requester(actor, "test");
        var (tokens, account) = (estate.Server.Get<ApiTokens>(), Guid.Parse(actor.Id));

        Func<Task>[] attempts =
        [
            () => tokens.CreateAsync(narrow, account, "wide", TimeSpan.FromDays(1), null, Token),
            () => tokens.CreateAsync(narrow, account, "wide", TimeSpan.FromDays(1), Role.Administrator.Id, Token),
            () => estate.Server.Get<OwnAccount>().EditAsync(narrow, "Somebody", "else@example.test", Token),
            () => estate.Server.Get<OwnAccount>().ChangePasswordAsync(narrow, Guid.Empty, TestServer.Password, "four other words here", Token),
        ];
        foreach (var attempt in attempts)
            await Assert.ThrowsAsync<AdministrationRefusedException>(attempt);

        Assert.Contains(estate.Server.Get<AuditLog>().Read(new() { ActorId = actor.Id }), entry => entry.Record is { Action: "token.create", Outcome: AuditOutcome.Refused, Actor.Role: "viewer" });
    }

    private Task EndAsync(string how, Requester admin, Person person)
    {
        var (self, account) = (new Requester(person.Actor!, "test"), Guid.Parse(person.Actor!.Id));
        var users = estate.Server.Get<UserAdministration>();
        return how switch
        {
            "sign-out" => SignOutAsync(person),
            "password-change" => estate.Server.Get<OwnAccount>().ChangePasswordAsync(self, Guid.Empty, Estate.Password, "four other words here", Token),
            "reset" => users.ResetPasswordAsync(admin, account, "four other words here", Token),
            "reset-on-the-server" => estate.Server.Get<AccountReset>().RunAsync(new ResetRequest(person.Name, "four other words here", IsGenerated: true, IsAdministrator: false, "root"), Token),
            "disabled" => users.SetDisabledAsync(admin, account, true, Token),
            "deleted" => users.DeleteAsync(admin, account, Token),
            "ended-by-administrator" => users.EndSessionsAsync(admin, account, Token),
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
        };
    }

    private async Task SignOutAsync(Person person)
    {
        var page = await estate.PageAsync(person);
        await page.GotoAsync(new Uri(estate.Address, "/sign-out").AbsoluteUri);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");
        await page.Context.CloseAsync();
    }

    /// <summary>Waits for it, while the client goes on saying that it is there.</summary>
    private static async Task EndOfAsync(ClientWebSocket socket)
    {
        using var patience = Patience.Source();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var reading = CircuitSocket.ReadToEndAsync(socket, patience.Token);
        while (!reading.IsCompleted && await timer.WaitForNextTickAsync(patience.Token))
            try
            {
                await socket.SendAsync(s_ping, WebSocketMessageType.Binary, endOfMessage: true, patience.Token);
            }
            catch (Exception ended) when (!patience.IsCancellationRequested && ended is WebSocketException or OperationCanceledException)
            {
                break;
            }
        await reading;
    }
}
