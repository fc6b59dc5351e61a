using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Roles;

/// <summary>Makes a role, from nothing or from a copy, or changes one.</summary>
public sealed partial class EditRolePage
{
    private string _name = "";
    private string _description = "";
    private ImmutableSortedSet<string> _rights = [Right.View.Name];
    private int _grants;
    private string? _made;
    private Role? _begun;
    private bool _isFilled;

    /// <summary>The role to copy.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>The role to change.</summary>
    [SupplyParameterFromQuery(Name = "edit")]
    public string? Edit { get; set; }

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
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsOvertaken => _begun is not null && Edited is { } now && !now.Equals(_begun);

    private bool IsChanged => _begun is not { } begun || _name != begun.Name || _description != begun.Description || !_rights.SetEquals(Catalogue.Of(begun).Select(right => right.Name));

    private Role? Edited => Edit is null ? null : Access.Policy.Roles.GetValueOrDefault(Edit);

    protected override async Task ReadAsync(CancellationToken token)
    {
        if (!_isFilled || (Edited is { } now && !now.Equals(_begun) && !IsChanged))
            Fill();
        _grants = Edit is null ? 0 : (await Reader.GrantsAsync(null, token)).Count(grant => grant.RoleId == Edit);
    }

    // What somebody types is not overwritten by what others do.
    private void Fill()
    {
        (_isFilled, _begun) = (true, Edited);
        if ((Edited ?? (From is null ? null : Access.Policy.Roles.GetValueOrDefault(From))) is not { } model)
            return;
        _name = Edited is null ? $"{model.Name} (copy)" : model.Name;
        _description = model.Description;
        _rights = [.. Catalogue.Of(model).Select(right => right.Name)];
    }

    private void Tick(Right right) => _rights = _rights.Contains(right.Name) ? _rights.Remove(right.Name) : _rights.Add(right.Name);

    private async Task SaveAsync(Requester requester)
    {
        if (Edit is null)
            _made = await Roles.CreateAsync(requester, _name, _description, _rights, CancellationToken.None);
        else
            await Roles.EditAsync(requester, Edit, _name, _description, _rights, CancellationToken.None);
    }

    private void Leave() => Navigation.NavigateTo((_made ?? Edit ?? From) is { } id ? $"/settings/roles/{Uri.EscapeDataString(id)}" : "/settings/roles");
}
