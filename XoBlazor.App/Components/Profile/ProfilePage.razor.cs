using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Providers;
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
    private long _uses;
    private string? _mistake;
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
    private SignInProviders Providers { get; set; } = default!;

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
    private AuthenticationStateProvider People { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    public override Right? Needed => null;

    private Guid Session => _session ?? Guid.Empty;

    private int Others => _sessions.Count(one => one.Id != _session);

    protected override async Task OnInitializedAsync() => _session = SignInSessions.IdOf((await People.GetAuthenticationStateAsync()).User);

    protected override async Task ReadAsync(CancellationToken token)
    {
        var isFirst = _state is null;
        var requester = await Actions.RequesterAsync();
        _state = await Own.StateAsync(requester, token);
        // What is being typed stays.
        if (isFirst)
            (_displayName, _mail) = (_state.Account.DisplayName, _state.Account.Email);
        var id = _state.Account.Id;
        var app = _state.Factors.HasApp ? [new Factor("Authenticator app", null, null)] : Array.Empty<Factor>();
        _factors = [.. app, .. _state.Factors.Passkeys.Select(passkey => new Factor(passkey.Name ?? "Passkey", passkey.CreatedAt, passkey.CredentialId))];
        _sessions = [.. Sessions.Of(id)];
        _uses = Tokens.Uses;
        _tokens = [.. await Tokens.ListAsync(id, token)];
        // Roles that people made are theirs to know who have them.
        _roles = [.. Role.BuiltIn, .. Access.Policy.GrantsOf(requester.Actor.Id).Select(grant => Access.Policy.Roles.GetValueOrDefault(grant.Role)).OfType<Role>().Where(role => !role.IsBuiltIn).Distinct()];
        _grants = await Reader.GrantsAsync([id, .. (await Reader.GroupsOfAsync(id, token)).Select(group => group.Id)], token);
    }

    protected override bool IsOutdated() => Tokens.Uses != _uses;

    // Sessions begin, are used and run out without a record.
    protected override bool HasAged()
    {
        if (_state is not { } state)
            return false;
        var sessions = Sessions.Of(state.Account.Id).ToImmutableArray();
        var hasAged = !sessions.Select(one => (one.Id, one.LastUsed)).SequenceEqual(_sessions.Select(one => (one.Id, one.LastUsed)));
        _sessions = sessions;
        return hasAged;
    }

    private Task EditAsync() => ActAsync("Saved.", requester => Own.EditAsync(requester, _displayName, _mail, CancellationToken.None));

    private async Task ChangePasswordAsync()
    {
        if (_password != _again)
        {
            (_mistake, _done) = ("The two new passwords differ.", null);
            return;
        }
        if (await ActAsync("Your password is changed; your other sessions and your API tokens have ended.",
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
        if (!await ActAsync(null, requester => Task.FromResult(hasProof = Own.HasProof(requester, Session))) || hasProof)
            return hasProof;
        if (_state?.Account.DirectoryId is not { } source || Providers.RedirectOf(source) is not { } provider)
            return await PasswordAgain.AskAsync(Dialogs, Session);

        // A page of another site asks; what was to be done is begun again when it leads back.
        var words = $"What opens your account is changed only by whoever proves who they are. {provider.Label} asks you and leads you back here; then you have {SignInSessions.ProofLife.TotalMinutes:0} minutes.";
        if (await AskAsync($"Prove it with {provider.Label}?", "Go there", words))
            Navigation.NavigateTo(RedirectEndpoints.AgainOf(provider.Key, "/profile"), forceLoad: true);
        return false;
    }

    private async Task EndAsync(SignInSession session)
    {
        if (await AskAsync("End this session?", "End", $"You are signed out at {session.Address} at once, with everything open there."))
            await ActAsync("The session has ended.", requester => Users.EndSessionAsync(requester, _state!.Account.Id, session.Id, CancellationToken.None));
    }

    private async Task EndOthersAsync()
    {
        var words = Others == 1 ? "Your other session ends" : $"Your {Others} other sessions end";
        var ended = 0;
        if (await AskAsync("Sign out everywhere else?", "Sign out", $"{words} at once, with the pages and connections that are open there. API tokens go on.")
            && await ActAsync(null, async requester => ended = await Own.EndOtherSessionsAsync(requester, Session, CancellationToken.None)))
            _done = ended == 1 ? "One session has ended." : $"{ended} sessions have ended.";
    }

    private async Task CreateTokenAsync()
    {
        _newToken = null;
        if (await ProvenAsync() && await ActAsync(null, async requester => _newToken = await Own.CreateTokenAsync(
            requester, Session, _tokenName, TimeSpan.FromDays(_tokenDays), _tokenRole.Length == 0 ? null : _tokenRole, CancellationToken.None)))
            _tokenName = "";
    }

    private async Task RevokeAsync(ApiToken token)
    {
        if (await AskAsync($"Revoke {token.Name}?", "Revoke", "Programs that sign in with this token are refused from now on."))
            await ActAsync("Revoked.", requester => Tokens.RevokeAsync(requester, token.Id, CancellationToken.None));
    }

    private async Task<bool> ActAsync(string? done, Func<Requester, Task> act)
    {
        (_mistake, _done) = (null, null);
        if (!await ActAsync(act))
            return false;
        _done = done;
        return true;
    }

    private Task<bool> AskAsync(string title, string verb, string consequence) =>
        TypeToConfirm.AskAsync(Dialogs, title, verb, null, builder => Consequence.Draw(builder, consequence));

    private sealed record Factor(string Name, DateTimeOffset? Added, byte[]? Credential);
}
