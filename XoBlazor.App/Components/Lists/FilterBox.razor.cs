using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;

namespace XoBlazor.App.Components.Lists;

/// <summary>The box that filters a list, with the common filters beside it. What cannot be read is shown with the place where it ends.</summary>
public sealed partial class FilterBox
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter, EditorRequired]
    public ListFilter Filter { get; set; } = ListFilter.None;

    [Parameter]
    public ImmutableArray<Chip> Chips { get; set; } = [];

    [Parameter]
    public string Noun { get; set; } = "";

    [Parameter]
    public EventCallback<string> OnText { get; set; }

    private int Place => Math.Clamp(Filter.ProblemAt, 0, Filter.Text.Length);

    private string Before => Filter.Text[..Place];

    // At the end there is no character to point at, so a space stands for what is missing.
    private string At => Place < Filter.Text.Length ? Filter.Text[Place].ToString() : "\u00A0";

    private string After => Place < Filter.Text.Length ? Filter.Text[(Place + 1)..] : "";

    private bool Has(Chip chip) => $" {Text} ".Contains($" {chip.Filter} ", StringComparison.Ordinal);

    private Task ToggleAsync(Chip chip)
    {
        var without = $" {Text} ".Replace($" {chip.Filter} ", " ", StringComparison.Ordinal).Trim();
        return OnText.InvokeAsync(Has(chip) ? without : $"{without} {chip.Filter}".Trim());
    }
}
