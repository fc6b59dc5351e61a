using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace XoBlazor.App.Components.Lists;

/// <summary>Which columns a list shows, and in what order.</summary>
public sealed partial class ColumnMenu<T>
{
    private bool _isOpen;

    [Parameter, EditorRequired]
    public ListDefinition<T> List { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<(Column<T> Column, int Width)> Shown { get; set; } = [];

    [Parameter]
    public EventCallback<ImmutableArray<ShownColumn>> OnChange { get; set; }

    private IEnumerable<Column<T>> InOrder() => Shown.Select(s => s.Column).Concat(List.Columns.Where(c => IndexOf(c.Key) < 0));

    private int IndexOf(string key)
    {
        for (var i = 0; i < Shown.Count; i++)
            if (Shown[i].Column.Key == key)
                return i;
        return -1;
    }

    private Task Choose(string key, bool isShown) =>
        OnChange.InvokeAsync(isShown ? [.. Now(), new ShownColumn(key)] : [.. Now().Where(c => c.Key != key)]);

    private Task Move(string key, int by)
    {
        var columns = Now().ToList();
        var at = IndexOf(key);
        (columns[at], columns[at + by]) = (columns[at + by], columns[at]);
        return OnChange.InvokeAsync([.. columns]);
    }

    private IEnumerable<ShownColumn> Now() => Shown.Select(s => new ShownColumn(s.Column.Key, s.Width == s.Column.Width ? null : s.Width));

    private void Toggle() => _isOpen = !_isOpen;

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            _isOpen = false;
    }
}
