using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Ui;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Roles;

/// <summary>One role with its rights, and what people with it have to prove.</summary>
public sealed partial class RolePage
{
    private Role? _role;
    private SecondFactor _factor;
    private int _grants;
    private SecondFactor? _chosen;

    [Parameter]
    public string Id { get; set; } = "";

    public override Right Needed => AdministrationRights.Roles;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private RoleAdministration Roles { get; set; } = default!;

    [Inject]
    private AccessEngine Access { get; set; } = default!;

    [Inject]
    private RightCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>What has to be proven, in words.</summary>
    public static string FactorWords(SecondFactor factor) => factor switch
    {
        SecondFactor.None => "Not needed",
        SecondFactor.Any => "Authenticator app or passkey",
        SecondFactor.Passkey => "Passkey",
    };

    protected override async Task ReadAsync(CancellationToken token)
    {
        _role = Access.Policy.Roles.GetValueOrDefault(Id);
        _factor = (await Reader.RequirementsAsync(token)).GetValueOrDefault(Id);
        _grants = (await Reader.GrantsAsync(null, token)).Count(grant => grant.RoleId == Id);
    }

    private async Task RequireAsync(ChangeEventArgs change)
    {
        if (_role is not { } role || !Enum.TryParse<SecondFactor>(change.Value as string, out var factor) || factor == _factor)
            return;
        _chosen = factor;
        if (await TypeToConfirm.AskAsync(Dialogs, $"Change what {role.Name} asks for?", "Change", null, builder => Consequence.Draw(builder, Effect(role, factor))))
            await ActAsync(requester => Roles.RequireAsync(requester, role, factor, CancellationToken.None));
        // Whatever was decided: the choice shows what holds.
        _chosen = null;
    }

    private string Effect(Role role, SecondFactor factor) => factor == SecondFactor.None
        ? $"{Words.Count(_grants, "grant")} give{(_grants == 1 ? "s" : "")} {role.Name}: whoever has it signs in with the password alone from the next sign-in on, unless another role asks for more."
        : $"{Words.Count(_grants, "grant")} give{(_grants == 1 ? "s" : "")} {role.Name}: whoever has it and no {(factor == SecondFactor.Passkey ? "passkey" : "authenticator app or passkey")} yet has to add one at the next sign-in. Sessions that are open stay.";

    private async Task DeleteAsync()
    {
        if (_role is { } role && await TypeToConfirm.AskAsync(Dialogs, $"Delete {role.Name}?", "Delete", role.Name, builder => Consequence.Draw(builder,
            "The role goes for good. It can only be deleted when no grant gives it and no API token is limited to it."))
            && await ActAsync(requester => Roles.DeleteAsync(requester, role.Id, CancellationToken.None)))
            Navigation.NavigateTo("/settings/roles");
    }
}
