using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Groups;

/// <summary>One group: who is in it, and what that gives them.</summary>
public sealed partial class GroupPage
{
    private GroupLine? _group;
    private ImmutableArray<UserLine> _members = [];
    private ImmutableArray<GrantLine> _grants = [];
    private bool _isEditing;
    private bool _isAdding;

    [Parameter]
    public Guid Id { get; set; }

    public override Right Needed => AdministrationRights.Groups;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private GroupAdministration Groups { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task ReadAsync(CancellationToken token)
    {
        _group = await Reader.GroupAsync(Id, token);
        _members = await Reader.MembersAsync(Id, token);
        _grants = await Reader.GrantsAsync([Id], token);
    }

    private async Task RemoveAsync(UserLine user)
    {
        if (await AskAsync($"Take {user.Name} out of {_group?.Name}?", "Remove", null,
            $"{user.Name} loses what the group was given ({Words.Count(_grants.Length, "grant")}) within two seconds, also on open pages. What {user.Name} has otherwise stays."))
            await ActAsync(requester => Groups.RemoveMemberAsync(requester, Id, user.Id, CancellationToken.None));
    }

    private async Task DeleteAsync()
    {
        if (_group is { } group && await AskAsync($"Delete {group.Name}?", "Delete", group.Name,
            $"The group goes with {Words.Count(_grants.Length, "grant")}; {Words.Count(_members.Length, "member")} lose{(_members.Length == 1 ? "s" : "")} what they had through it. There is no way back."
            + (group.Directory is { } directory ? $" {directory} still has the group: it may come back, without its grants." : ""))
            && await ActAsync(requester => Groups.DeleteAsync(requester, group.Id, CancellationToken.None)))
            Navigation.NavigateTo("/settings/groups");
    }

    private Task<bool> AskAsync(string title, string verb, string? expected, string consequence) =>
        TypeToConfirm.AskAsync(Dialogs, title, verb, expected, builder => Consequence.Draw(builder, consequence));
}
