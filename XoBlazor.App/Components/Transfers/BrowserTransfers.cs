using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components.Authorization;
using XoBlazor.App.Accounts;
using XoBlazor.App.Api.Transfers;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Transfers;

/// <summary>Operations whose bytes go to or come from this circuit's browser, over addresses that are good once and for this sign-in alone. Used on the circuit's dispatcher.</summary>
public sealed class BrowserTransfers(TransferDesk desk, BrowserFiles files, AuthenticationStateProvider people, SignInSessions? signIns = null)
{
    /// <summary>Has the browser fetch what the operation sends, or send a file to it. Fails with <see cref="OperationRefusedException"/>.</summary>
    /// <param name="file">What is sent; null to fetch.</param>
    /// <param name="begun">Told once it is under way. On any thread.</param>
    /// <param name="refused">Told when it could not be begun after all. On any thread.</param>
    public async Task BeginAsync(Requester requester, Operation operation, ObjectKey target, JsonObject given, ChosenFile? file, Action<OperationRun> begun, Action<string> refused)
    {
        var offer = new TransferOffer(await OwnerAsync(requester), operation, target, given, file?.Size) { Begun = begun, Refused = refused };
        var address = desk.Offer(offer);
        await (file is null ? files.FetchAsync(address) : files.SendAsync(file.Field, address));
    }

    /// <summary>The cookie of the very sign-in that the circuit belongs to has to come along, and a transfer under way is use of it.</summary>
    private async Task<TransferOwner> OwnerAsync(Requester requester)
    {
        var signIn = SignInSessions.IdOf((await people.GetAuthenticationStateAsync()).User);
        return signIn is { } id && signIns is not null
            ? new(requester, _ => Task.FromResult(signIns.Use(id)), http => SignInSessions.IdOf(http.User) == id)
            : new(requester, static _ => Task.FromResult(true), static _ => true);
    }
}
