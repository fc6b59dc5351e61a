using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Access;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Users;

/// <summary>One user: what the account is, what it has and through what, where it is signed in, and what an administrator can do to it.</summary>
public sealed partial class UserPage
{
    private UserLine? _user;
    private ImmutableArray<GroupLine> _groups = [];
    private ImmutableArray<GrantLine> _grants = [];
    private ImmutableArray<SignInSession> _sessions = [];
    private ImmutableArray<ApiToken> _tokens = [];
    private long _uses;
    private Open _open;

    private enum Open
    {
        Nothing,
        Edit,
        Password,
    }

    [Parameter]
    public Guid Id { get; set; }

    public override Right Needed => AdministrationRights.Users;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private UserAdministration Users { get; set; } = default!;

    [Inject]
    private ApiTokens Tokens { get; set; } = default!;

    [Inject]
    private SignInSessions Sessions { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private ViewAs Looking { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task ReadAsync(CancellationToken token)
    {
        _user = await Reader.UserAsync(Id, token);
        _groups = await Reader.GroupsOfAsync(Id, token);
        _grants = await Reader.GrantsAsync([Id, .. _groups.Select(group => group.Id)], token);
        _uses = Tokens.Uses;
        _tokens = [.. await Tokens.ListAsync(Id, token)];
        _sessions = [.. Sessions.Of(Id)];
    }

    // Sessions begin, are used and run out without a record.
    protected override bool HasAged()
    {
        var sessions = Sessions.Of(Id).ToImmutableArray();
        var hasAged = !sessions.Select(one => (one.Id, one.LastUsed)).SequenceEqual(_sessions.Select(one => (one.Id, one.LastUsed)));
        _sessions = sessions;
        return hasAged;
    }

    protected override bool IsOutdated() => Tokens.Uses != _uses;

    private void Close() => _open = Open.Nothing;

    private async Task ViewAsAsync()
    {
        if (_user is { } user && await ActAsync(_ => Looking.StartAsync(AccessPolicyFeed.Text(user.Id), user.Name)))
            Navigation.NavigateTo("/");
    }

    private async Task SwitchAsync()
    {
        if (_user is not { } user)
            return;
        if (user.IsDisabled || await AskAsync($"Disable {user.Name}?", "Disable", null,
            $"{Ends} {user.Name} cannot sign in. {TokensStop} Grants and groups stay and wait."))
            await ActAsync(requester => Users.SetDisabledAsync(requester, user.Id, !user.IsDisabled, CancellationToken.None));
    }

    private async Task DeleteAsync()
    {
        if (_user is { } user && await AskAsync($"Delete {user.Name}?", "Delete", user.Name,
            $"{Ends} The account goes with {Counted(_grants.Count(grant => grant.Kind == SubjectKind.User), "grant")}, "
            + $"{Counted(_groups.Length, "group membership")} and {Counted(_tokens.Length, "API token")}. There is no way back; what {user.Name} did stays in the audit.")
            && await ActAsync(requester => Users.DeleteAsync(requester, user.Id, CancellationToken.None)))
            Navigation.NavigateTo("/settings/users");
    }

    private async Task ResetSecondFactorAsync()
    {
        if (_user is { } user && await AskAsync($"Reset the second factor of {user.Name}?", "Reset", null,
            $"Authenticator app, recovery codes and passkeys of {user.Name} stop working, and {user.Name} is signed out everywhere. Until a new one is set up, the password alone opens the account, unless a role asks for more."))
            await ActAsync(requester => Users.ResetSecondFactorAsync(requester, user.Id, CancellationToken.None));
    }

    private async Task SignOutAsync()
    {
        if (_user is { } user && await AskAsync($"Sign {user.Name} out everywhere?", "Sign out", null,
            $"{Counted(_sessions.Length, "session")} and every open page of {user.Name} end at once. {user.Name} can sign in again; API tokens go on working."))
            await ActAsync(requester => Users.EndSessionsAsync(requester, user.Id, CancellationToken.None));
    }

    private async Task EndAsync(SignInSession session)
    {
        if (await AskAsync("End this session?", "End", null, $"The browser at {session.Address} is signed out at once, with every page open there."))
            await ActAsync(requester => Users.EndSessionAsync(requester, Id, session.Id, CancellationToken.None));
    }

    private async Task RevokeAsync(ApiToken token)
    {
        if (await AskAsync($"Revoke {token.Name}?", "Revoke", null, "Programs that sign in with this token are refused from now on. It cannot be given back; a new one has another text."))
            await ActAsync(requester => Tokens.RevokeAsync(requester, token.Id, CancellationToken.None));
    }

    private string Ends => _sessions.IsEmpty ? "" : $"{Counted(_sessions.Length, "session")} end{(_sessions.Length == 1 ? "s" : "")} at once, with every open page.";

    private string TokensStop => _tokens.IsEmpty ? "" : $"{Counted(_tokens.Length, "API token")} stop{(_tokens.Length == 1 ? "s" : "")} working.";

    private Task<bool> AskAsync(string title, string verb, string? expected, string consequence) =>
        TypeToConfirm.AskAsync(Dialogs, title, verb, expected, builder => Consequence.Draw(builder, consequence));

    private static string Counted(int count, string what) => Words.Count(count, what);
}
