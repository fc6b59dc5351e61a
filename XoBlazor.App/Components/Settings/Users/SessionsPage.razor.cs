using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Ui;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Users;

/// <summary>Where everybody is signed in, and everything that programs sign in with.</summary>
public sealed partial class SessionsPage
{
    private ImmutableDictionary<Guid, string> _names = ImmutableDictionary<Guid, string>.Empty;
    private ImmutableArray<SignInSession> _sessions = [];
    private ImmutableArray<ApiToken> _tokens = [];
    private Guid? _own;
    private long _uses;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    public override Right Needed => AdministrationRights.Users;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private UserAdministration Users { get; set; } = default!;

    [Inject]
    private ApiTokens AllTokens { get; set; } = default!;

    [Inject]
    private SignInSessions SignIns { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider People { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    private ImmutableArray<SignInSession> Sessions => [.. _sessions.Where(one => FilterField.Matches(Query, NameOf(one.AccountId), BrowserName.Of(one.Browser), one.Address))];

    private ImmutableArray<ApiToken> Tokens => [.. _tokens.Where(one => FilterField.Matches(Query, NameOf(one.AccountId), one.Name, one.LastAddress))];

    protected override async Task OnInitializedAsync() => _own = SignInSessions.IdOf((await People.GetAuthenticationStateAsync()).User);

    protected override async Task ReadAsync(CancellationToken token)
    {
        _names = (await Reader.UsersAsync(token)).ToImmutableDictionary(user => user.Id, user => user.Name);
        _uses = AllTokens.Uses;
        _tokens = [.. await AllTokens.ListAsync(null, token)];
        _sessions = [.. SignIns.All()];
    }

    // Sessions begin, are used and run out without a record.
    protected override bool HasAged()
    {
        var sessions = SignIns.All().ToImmutableArray();
        var hasAged = !sessions.Select(one => (one.Id, one.LastUsed)).SequenceEqual(_sessions.Select(one => (one.Id, one.LastUsed)));
        _sessions = sessions;
        return hasAged;
    }

    protected override bool IsOutdated() => AllTokens.Uses != _uses;

    private string? NameOf(Guid account) => _names.GetValueOrDefault(account);

    private async Task EndAsync(SignInSession session)
    {
        if (await AskAsync("End this session?", "End", $"{NameOf(session.AccountId)} is signed out at {session.Address} at once, with everything open there."))
            await ActAsync(requester => Users.EndSessionAsync(requester, session.AccountId, session.Id, CancellationToken.None));
    }

    private async Task RevokeAsync(ApiToken token)
    {
        if (await AskAsync($"Revoke {token.Name}?", "Revoke", $"Programs that sign in with this token of {NameOf(token.AccountId)} are refused from now on. It cannot be given back; a new one has another text."))
            await ActAsync(requester => AllTokens.RevokeAsync(requester, token.Id, CancellationToken.None));
    }

    private Task<bool> AskAsync(string title, string verb, string consequence) =>
        TypeToConfirm.AskAsync(Dialogs, title, verb, null, builder => Consequence.Draw(builder, consequence));
}
