using Microsoft.AspNetCore.Components;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Roles;

/// <summary>All rights there are, and which of them a role has.</summary>
public sealed partial class RightList
{
    [Parameter, EditorRequired]
    public Func<Right, bool> Has { get; set; } = default!;

    /// <summary>A right is to be ticked or not any more; without it nothing can be changed.</summary>
    [Parameter]
    public EventCallback<Right> OnChange { get; set; }

    [Inject]
    private RightCatalogue Catalogue { get; set; } = default!;

    private static string LevelWords(RightLevel level) => level switch
    {
        RightLevel.Read => "",
        RightLevel.Operate => "runs",
        RightLevel.Manage => "changes",
        RightLevel.Administer => "administers",
    };
}
