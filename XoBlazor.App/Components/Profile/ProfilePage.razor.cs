using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Settings;
using XoBlazor.App.Components.Ui;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Profile;

/// <summary>One's own account: what it is called, what it proves itself with, where it is signed in, its tokens, and what it may.</summary>
public sealed partial class ProfilePage
{
    private OwnState? _state;
    private ImmutableArray<Factor> _factors = [];
    private ImmutableArray<SignInSession> _sessions = [];
    private ImmutableArray<ApiToken> _tokens = [];
    private ImmutableArray<GrantLine> _grants = [];
    private ImmutableArray<Role> _roles = [];
    private IReadOnlyList<string> _codes = [];
    private Guid? _session;
    private string? _problem;
    private string? _done;
    private string? _displayName;
    private string? _mail;
    private string _current = "";
    private string _password = "";
    private string _again = "";
    private string? _newKey;
    private string _code = "";
    private string? _newToken;
    private string _tokenName = "";
    private int _tokenDays = 90;
    private string _tokenRole = "";

    [Inject]
    private OwnAccount Own { get; set; } = default!;

    [Inject]
    private UserAdministration Users { get; set; } = default!;

    [Inject]
    private ApiTokens Tokens { get; set; } = default!;

    [Inject]
    private SignInSessions Sessions { get; set; } = default!;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private AccessEngine Access { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider People { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Guid Session => _session ?? Guid.Empty;

    protected override async Task OnInitializedAsync()
    {
        _session = SignInSessions.IdOf((await People.GetAuthenticationStateAsync()).User);
        await ActAsync(null, _ => Task.CompletedTask);
        (_displayName, _mail) = (_state?.Account.DisplayName, _state?.Account.Email);
    }

    private Task EditAsync() => ActAsync("Saved.", requester => Own.EditAsync(requester, _displayName, _mail, CancellationToken.None));

    private async Task ChangePasswordAsync()
    {
        if (_password != _again)
        {
            (_problem, _done) = ("The two new passwords differ.", null);
            return;
        }
        if (await ActAsync("Your password is changed; your other sessions have ended.",
            requester => Own.ChangePasswordAsync(requester, Session, _current, _password, CancellationToken.None)))
            (_current, _password, _again) = ("", "", "");
    }

    private async Task ShowNewAppAsync()
    {
        if (await ProvenAsync())
            _newKey = Totp.NewKey();
    }

    private async Task AddAppAsync()
    {
        if (_newKey is { } key && await ProvenAsync()
            && await ActAsync("The app is added.", async requester => _codes = await Own.AddAppAsync(requester, Session, key, _code, CancellationToken.None)))
            (_newKey, _code) = (null, "");
    }

    private async Task AddPasskeyAsync()
    {
        if (await ProvenAsync())
            Navigation.NavigateTo(OwnPasskeyEndpoints.Path, forceLoad: true);
    }

    private async Task RemoveAsync(Factor factor)
    {
        if (await AskAsync($"Remove {factor.Name}?", "Remove", "It does not let you in any more.") && await ProvenAsync())
            await ActAsync("Removed.", requester => factor.Credential is { } credential
                ? Own.RemovePasskeyAsync(requester, Session, credential, CancellationToken.None) : Own.RemoveAppAsync(requester, Session, CancellationToken.None));
    }

    private async Task MakeCodesAsync()
    {
        if (await AskAsync("Make new recovery codes?", "Make them", "Those from before stop working.") && await ProvenAsync())
            await ActAsync(null, async requester => _codes = await Own.MakeRecoveryCodesAsync(requester, Session, CancellationToken.None));
    }

    // Asks for the password, unless that was done lately.
    private async Task<bool> ProvenAsync()
    {
        var hasProof = false;
        return await ActAsync(null, requester => Task.FromResult(hasProof = Own.HasProof(requester, Session))) && (hasProof || await PasswordAgain.AskAsync(Dialogs, Session));
    }

    private Task EndAsync(SignInSession session) => ActAsync("The session has ended.", requester => Users.EndSessionAsync(requester, _state!.Account.Id, session.Id, CancellationToken.None));

    private async Task CreateTokenAsync()
    {
        _newToken = null;
        if (_state is { } state && await ActAsync(null, async requester => _newToken = await Tokens.CreateAsync(
            requester, state.Account.Id, _tokenName, TimeSpan.FromDays(_tokenDays), _tokenRole.Length == 0 ? null : _tokenRole, CancellationToken.None)))
            _tokenName = "";
    }

    private async Task RevokeAsync(ApiToken token)
    {
        if (await AskAsync($"Revoke {token.Name}?", "Revoke", "Programs that sign in with this token are refused from now on."))
            await ActAsync("Revoked.", requester => Tokens.RevokeAsync(requester, token.Id, CancellationToken.None));
    }

    private string RoleName(string id) => Access.Policy.Roles.GetValueOrDefault(id)?.Name ?? "a role that is gone";

    private async Task<bool> ActAsync(string? done, Func<Requester, Task> act)
    {
        (_problem, _done) = (null, null);
        try
        {
            var requester = await Actions.RequesterAsync();
            await act(requester);
            await ReadAsync(requester);
            _done = done;
            return true;
        }
        catch (AdministrationRefusedException refused)
        {
            _problem = refused.Message;
            return false;
        }
    }

    private async Task ReadAsync(Requester requester)
    {
        var token = CancellationToken.None;
        _state = await Own.StateAsync(requester, token);
        var id = _state.Account.Id;
        var app = _state.Factors.HasApp ? [new Factor("Authenticator app", null, null)] : Array.Empty<Factor>();
        _factors = [.. app, .. _state.Factors.Passkeys.Select(passkey => new Factor(passkey.Name ?? "Passkey", passkey.CreatedAt, passkey.CredentialId))];
        _sessions = [.. Sessions.Of(id)];
        _tokens = [.. await Tokens.ListAsync(id, token)];
        // Roles that people made are theirs to know who have them.
        _roles = [.. Role.BuiltIn, .. Access.Policy.GrantsOf(requester.Actor.Id).Select(grant => Access.Policy.Roles.GetValueOrDefault(grant.Role)).OfType<Role>().Where(role => !role.IsBuiltIn).Distinct()];
        _grants = await Reader.GrantsAsync([id, .. (await Reader.GroupsOfAsync(id, token)).Select(group => group.Id)], token);
    }

    private Task<bool> AskAsync(string title, string verb, string consequence) =>
        TypeToConfirm.AskAsync(Dialogs, title, verb, null, builder => Consequence.Draw(builder, consequence));

    private sealed record Factor(string Name, DateTimeOffset? Added, byte[]? Credential);
}
