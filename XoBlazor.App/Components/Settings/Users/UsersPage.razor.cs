using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Users;

/// <summary>Everybody who may sign in, and those who may not any more.</summary>
public sealed partial class UsersPage
{
    private ImmutableArray<UserLine> _users = [];
    private bool _isAdding;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    public override Right Needed => AdministrationRights.Users;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    private IReadOnlyList<UserLine> Shown =>
        [.. _users.Where(user => FilterField.Matches(Query, user.Name, user.DisplayName, user.Email, user.Source, UserLooks.Of(user).Word, user.IsAdministrator ? "administrator" : null))];

    protected override async Task ReadAsync(CancellationToken token) => _users = await Reader.UsersAsync(token);
}
