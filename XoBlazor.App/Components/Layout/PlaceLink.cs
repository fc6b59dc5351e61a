using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace XoBlazor.App.Components.Layout;

/// <summary>A link to a place, marked while one of the place's pages is shown.</summary>
public sealed class PlaceLink : NavLink
{
    [Parameter, EditorRequired]
    public Place Place { get; set; } = default!;

    protected override bool ShouldMatch(string uriAbsolute) => Uri.TryCreate(uriAbsolute, UriKind.Absolute, out var address) && Place.Has(address.AbsolutePath);
}
