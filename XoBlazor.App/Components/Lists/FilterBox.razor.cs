using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.App.Components.Lists;

/// <summary>
/// The box that filters a list: completes names and values while one types, shows where a filter cannot be read, and has the common
/// filters beside it.
/// </summary>
public sealed partial class FilterBox
{
    private const int Longest = 2000;

    private ImmutableArray<FilterSuggestion> _suggestions = [];
    private int _at = -1;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter, EditorRequired]
    public ListFilter Filter { get; set; } = ListFilter.None;

    [Parameter, EditorRequired]
    public XapiClass Class { get; set; }

    [Parameter]
    public ImmutableArray<Chip> Chips { get; set; } = [];

    [Parameter]
    public string Noun { get; set; } = "";

    [Parameter]
    public string Hint { get; set; } = "Filter by any word, or by a property such as name_label:web";

    [Parameter]
    public EventCallback<string> OnText { get; set; }

    [Inject]
    private CircuitView View { get; set; } = default!;

    private static string KindOf(FilterSuggestion suggestion) => suggestion.Kind switch
    {
        FilterValueKind.Truth => "yes or no",
        FilterValueKind.Choice => "choice",
        FilterValueKind.Number => "number",
        FilterValueKind.List => "list",
        FilterValueKind.Map => "key and value",
        FilterValueKind.Object => "object",
        FilterValueKind.Text => "text",
    };

    private string Before(FilterError problem) => Filter.Text[..Start(problem)];

    // At the end there is no character to point at, so a space stands for what is missing.
    private string Wrong(FilterError problem) => Start(problem) < Filter.Text.Length ? Filter.Text[Start(problem)..End(problem)] : "\u00A0";

    private string After(FilterError problem) => Filter.Text[End(problem)..];

    private int Start(FilterError problem) => Math.Clamp(problem.Position, 0, Filter.Text.Length);

    private int End(FilterError problem) => Math.Clamp(problem.Position + problem.Length, Start(problem), Filter.Text.Length);

    private async Task OnInputAsync(ChangeEventArgs change)
    {
        var text = change.Value as string ?? "";
        Suggest(text, CaretAfter(Text, text));
        await OnText.InvokeAsync(text);
    }

    /// <summary>The browser does not tell where the caret is; it stands behind what was just typed.</summary>
    private static int CaretAfter(string before, string now)
    {
        var same = 0;
        while (same < before.Length && same < now.Length && before[^(same + 1)] == now[^(same + 1)])
            same++;
        return now.Length - same;
    }

    private void Suggest(string text, int caret)
    {
        _at = -1;
        _suggestions = text.Length == 0 || char.IsWhiteSpace(text[Math.Max(0, caret - 1)]) ? [] : FilterCompletion.Suggest(text, caret, Class, View.Objects, 8);
        // What is already there in full needs no suggestion.
        if (_suggestions is [var only] && text.AsSpan(only.Start, only.Length).SequenceEqual(only.Text))
            _suggestions = [];
    }

    private Task OnKeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when !_suggestions.IsEmpty:
                _at = (_at + 1) % _suggestions.Length;
                break;
            case "ArrowUp" when !_suggestions.IsEmpty:
                _at = _at <= 0 ? _suggestions.Length - 1 : _at - 1;
                break;
            case "Enter" or "Tab" when _at >= 0:
                return TakeAsync(_at);
            case "Enter" or "Escape":
                Close();
                break;
        }

        return Task.CompletedTask;
    }

    private Task TakeAsync(int at)
    {
        var taken = _suggestions[at];
        var isName = taken.Text.EndsWith(':');
        var text = Text[..taken.Start] + taken.Text + (isName ? "" : " ") + Text[(taken.Start + taken.Length)..].TrimStart();
        if (isName)
            Suggest(text, taken.Start + taken.Text.Length);
        else
            Close();
        return OnText.InvokeAsync(text);
    }

    private Task ChangeAsync(string text)
    {
        Close();
        return OnText.InvokeAsync(text);
    }

    private void Close()
    {
        _suggestions = [];
        _at = -1;
    }

    private bool Has(Chip chip) => $" {Text} ".Contains($" {chip.Filter} ", StringComparison.Ordinal);

    private Task ToggleAsync(Chip chip)
    {
        var without = $" {Text} ".Replace($" {chip.Filter} ", " ", StringComparison.Ordinal).Trim();
        return ChangeAsync(Has(chip) ? without : $"{without} {chip.Filter}".Trim());
    }
}
