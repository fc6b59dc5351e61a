using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Travel;

namespace XoBlazor.App.Components.Lists;

/// <summary>Selecting rows, and moving among them by keys.</summary>
public sealed partial class ListPage<T>
{
    private const int PageOfRows = 20;
    private const int HeadAndFoot = 66;

    private List<Cell<T>> SelectedCells()
    {
        var cells = new List<Cell<T>>(_selected.Count);
        foreach (var row in _selected)
            if (CellOf(row) is { } cell)
                cells.Add(cell);
        return cells;
    }

    private Cell<T>? CellOf(ListRow row) => Scene.Pool(row.Pool)?.Picture is { } picture && picture.Get(row.Ref) is T there ? new Cell<T>(picture, there) : null;

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        var last = _result.Rows.Length - 1;
        var to = key.Key switch
        {
            "ArrowDown" => Math.Min(_at + 1, last),
            "ArrowUp" => Math.Max(_at - 1, 0),
            "PageDown" => Math.Min(_at + PageOfRows, last),
            "PageUp" => Math.Max(_at - PageOfRows, 0),
            "Home" => 0,
            "End" => last,
            _ => -1,
        };
        if (to >= 0)
        {
            if (key.ShiftKey)
                SelectRange(_anchor < 0 ? _anchor = Math.Max(_at, 0) : _anchor, to);
            else
                _anchor = to;
            _at = to;
            await Browser.RevealAsync(_grid, to, HeadAndFoot);
            return;
        }

        switch (key.Key)
        {
            case " " when _at >= 0:
                Toggle(_result.Rows[_at]);
                break;
            case "Enter" when _at >= 0:
                Open(_result.Rows[_at]);
                break;
            case "ContextMenu" when _at >= 0:
            case "." when _at >= 0:
                OpenMenu(_result.Rows[_at], 240, 160);
                break;
            case "Escape":
                ClearSelection();
                break;
            case "a" or "A" when key.CtrlKey || key.MetaKey:
                SelectEverything();
                break;
        }
    }

    internal void Open(ListRow row)
    {
        if (Scene.Pool(row.Pool)?.Picture?.Get(row.Ref) is { } there && ObjectUrl.Of(row.Pool, there) is { } url)
            Navigation.NavigateTo(TimeTravel.Along(Navigation, url));
    }

    private void SelectRange(int from, int to)
    {
        if (from > to)
            (from, to) = (to, from);
        _selected.Clear();
        for (var i = from; i <= to; i++)
            _selected.Add(_result.Rows[i]);
        KeepSelection();
    }

    private void SelectAll()
    {
        if (AreAllSelected)
            ClearSelection();
        else
            SelectEverything();
    }

    private void SelectEverything()
    {
        _selected.UnionWith(_result.Rows);
        KeepSelection();
    }

    private void ClearSelection()
    {
        if (_selected.Count == 0)
            return;
        _selected.Clear();
        KeepSelection();
        ApplyNext();
    }

    private void KeepSelection() => Choose(_query with { Selected = [.. _selected.Select(row => row.Uuid).Where(uuid => uuid.Length > 0)] });

    private void Reselect()
    {
        _selected.Clear();
        if (_query.Selected.IsEmpty)
            return;
        var wanted = _query.Selected.ToHashSet(StringComparer.Ordinal);
        _selected.UnionWith(_result.Rows.Where(row => wanted.Contains(row.Uuid)));
    }
}
