using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>
/// One row on the screen. At every pulse it reads its cells again and renders only if one says something else; a changed cell fades once.
/// Written by hand and without components inside: there are some thirty of them on each of hundreds of circuits. For the same reason it
/// keeps no picture but the newest, and draws at most 128 frames with the VMs' columns: the renderer keeps twice the next power of two.
/// </summary>
public sealed class ListRowView<T> : IComponent, IDisposable where T : XapiObject
{
    private RenderHandle _handle;
    private ListPage<T>? _joined;
    private PoolPicture? _picture;
    private T? _object;
    private (Related, long) _surroundings;
    private string? _ages;
    private string[] _texts = [];
    private int[] _changes = [];
    private IReadOnlyList<(Column<T> Column, int Width)> _shown = [];
    private int _rights;
    private (bool Selected, bool Active, bool Stale, bool Gone, int Index, ChangedSince? Since) _state;

    [Parameter, EditorRequired]
    public ListRow Row { get; set; } = default!;

    [Parameter, EditorRequired]
    public ListPage<T> Page { get; set; } = default!;

    [Parameter]
    public int Index { get; set; }

    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    public Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        var isNew = _joined is null;
        if (isNew)
        {
            _joined = Page;
            Page.Join(this);
        }

        var hasOtherColumns = !ReferenceEquals(_shown, Page.Shown);
        if (hasOtherColumns)
        {
            _shown = Page.Shown;
            _texts = new string[_shown.Count];
            _changes = new int[_shown.Count];
        }

        if (Read(isNew || hasOtherColumns))
            _handle.Render(Build);
        return Task.CompletedTask;
    }

    /// <summary>Reads the cells from the page's scene and renders if they differ.</summary>
    public void Look()
    {
        if (Read(isFirst: false))
            _handle.Render(Build);
    }

    /// <summary>Renders if an age reads differently than it did.</summary>
    public void LookAtAges()
    {
        if (Ages() != _ages)
            _handle.Render(Build);
    }

    public void Dispose() => _joined?.Leave(this);

    private bool Read(bool isFirst)
    {
        var pool = Page.SceneNow.Pool(Row.Pool);
        var there = pool?.Picture?.Get(Row.Ref) as T;
        var state = (Page.IsSelected(Row), Page.ActiveIndex == Index, pool?.IsStale ?? false, there is null, Index, Page.Since);
        var isDifferent = isFirst || state != _state;
        _state = state;
        var hasOtherRights = _rights != Page.Rights;
        _rights = Page.Rights;
        var isSamePicture = !isFirst && !hasOtherRights && ReferenceEquals(_picture, pool?.Picture);
        _picture = pool?.Picture ?? _picture;
        // An object that is gone keeps its last words until the list is made anew.
        if (there is null || isSamePicture)
            return isDifferent;
        var surroundings = Page.List.Surroundings(_picture!, there);
        var standsStill = !isFirst && !hasOtherRights && ReferenceEquals(_object, there) && surroundings == _surroundings;
        _object = there;
        _surroundings = surroundings;
        if (standsStill)
            return isDifferent;

        for (var i = 0; i < _shown.Count; i++)
        {
            var text = Page.TextOf(_shown[i].Column, _picture!, there);
            if (!isFirst && text == _texts[i])
                continue;
            isDifferent = true;
            _texts[i] = text;
            if (!isFirst)
                _changes[i]++;
        }

        return isDifferent;
    }

    /// <summary>What all ages in the row read; null where it shows none.</summary>
    private string? Ages()
    {
        string? ages = null;
        if (_picture is { } picture && _object is { } there)
            foreach (var (column, _) in _shown)
                if (column.Moment is { } moment)
                    ages = string.Concat(ages, RelativeTime.Text(moment(picture, there), Page.Viewpoint.Moment));
        return ages;
    }

    private void Build(RenderTreeBuilder builder)
    {
        if (_picture is not { } picture || _object is not { } there)
            return;
        _ages = Ages();
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", Classes());
        builder.AddAttribute(2, "role", "row");
        builder.AddAttribute(3, "id", Page.RowId(Index));
        builder.AddAttribute(4, "aria-rowindex", Index + 2);
        builder.AddAttribute(5, "aria-selected", _state.Selected ? "true" : "false");
        builder.AddAttribute(6, "data-line", "");
        builder.AddAttribute(7, "onclick", EventCallback.Factory.Create<MouseEventArgs>(Page, OnClick));
        builder.AddAttribute(8, "ondblclick", EventCallback.Factory.Create<MouseEventArgs>(Page, () => Page.Open(Row)));
        builder.AddAttribute(9, "oncontextmenu", EventCallback.Factory.Create<MouseEventArgs>(Page, OnMenu));
        builder.OpenElement(10, "div");
        builder.AddAttribute(11, "class", "pick");
        builder.AddAttribute(12, "role", "gridcell");
        builder.OpenElement(13, "input");
        builder.AddAttribute(14, "type", "checkbox");
        builder.AddAttribute(15, "tabindex", "-1");
        builder.AddAttribute(16, "aria-label", $"Select {ObjectLooks.Name(there)}");
        builder.AddAttribute(17, "checked", _state.Selected);
        builder.AddAttribute(18, "onchange", EventCallback.Factory.Create(Page, () => Page.Toggle(Row)));
        builder.AddEventStopPropagationAttribute(19, "onclick", true);
        builder.CloseElement();
        builder.CloseElement();
        for (var i = 0; i < _shown.Count; i++)
            BuildCell(builder, new(picture, there, Page.Viewpoint), _shown[i].Column, i);
        builder.OpenElement(40, "div");
        builder.AddAttribute(41, "class", "act");
        builder.AddAttribute(42, "role", "gridcell");
        builder.OpenElement(43, "button");
        builder.AddAttribute(44, "type", "button");
        builder.AddAttribute(45, "class", "button bare only-icon");
        builder.AddAttribute(46, "tabindex", "-1");
        builder.AddAttribute(47, "aria-label", $"Actions of {ObjectLooks.Name(there)}");
        builder.AddAttribute(48, "onclick", EventCallback.Factory.Create<MouseEventArgs>(Page, OnMenu));
        builder.AddEventStopPropagationAttribute(49, "onclick", true);
        builder.AddContent(50, IconMarkup.Of(Page.Viewpoint.Icons, "more"));
        builder.CloseElement();
        builder.CloseElement();
        builder.CloseElement();
    }

    private void BuildCell(RenderTreeBuilder builder, CellView<T> cell, Column<T> column, int at)
    {
        builder.OpenElement(30, "div");
        builder.SetKey(column.Key);
        builder.AddAttribute(31, "class", CellClasses(column, _changes[at]));
        builder.AddAttribute(32, "role", "gridcell");
        if (column.IsCount)
            builder.AddAttribute(33, "data-title", column.Title);
        if (column.View is { } view && (column.Takes is null || _texts[at].Length > 0))
        {
            builder.AddContent(34, view(cell));
        }
        else
        {
            builder.OpenElement(35, "span");
            builder.AddAttribute(36, "class", column.IsMono ? "cut mono" : "cut");
            builder.AddAttribute(37, "title", _texts[at]);
            builder.AddContent(38, _texts[at]);
            builder.CloseElement();
        }

        builder.CloseElement();
    }

    private string Classes() => (_state.Selected, _state.Active, _state.Stale, _state.Gone) switch
    {
        (false, false, false, false) => "row",
        var (selected, active, stale, gone) => "row" + (selected ? " selected" : "") + (active ? " at" : "") + (stale ? " stale" : "") + (gone ? " gone" : ""),
    };

    // Two names for one animation: a second change starts it anew.
    private static string CellClasses(Column<T> column, int changes) =>
        "cell"
        + (column.IsNumber ? " number" : "")
        + (column.Card switch { CardPlace.First => " first", CardPlace.Second => " second", CardPlace.Beside => " beside", CardPlace.Hidden => "" })
        + (column.Grows ? " name" : "")
        + (column.IsCount ? " counted" : "")
        + (changes == 0 ? "" : changes % 2 == 0 ? " changed-a" : " changed-b");

    private void OnMenu(MouseEventArgs click) => Page.OpenMenu(Row, click.ClientX, click.ClientY);

    private void OnClick(MouseEventArgs click) => Page.Click(Row, click.CtrlKey || click.MetaKey, click.ShiftKey);
}
