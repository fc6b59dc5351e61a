using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>
/// A list of objects: filter, columns, order, selection and totals, all of it kept in the address. Values change at once, each row by
/// itself; the order at most once a second, and not under the pointer nor while something is selected.
/// </summary>
public sealed partial class ListPage<T> : IAsyncDisposable
{
    private const int PickAndActions = 72;

    private readonly HashSet<ListRowView<T>> _rows = [];
    private readonly HashSet<ListRow> _selected = [];
    private string _path = "";
    private string? _icons;
    private ListQuery _query = new();
    private ListFilter _filter = ListFilter.None;
    private ListFilter? _applied;
    private Scene? _madeOf;
    private ListResult _result = ListResult.Empty;
    private ListResult? _next;
    private ElementReference _grid;
    private Task<IJSObjectReference>? _script;
    private DotNetObjectReference<ListPage<T>>? _self;
    private bool _hasGrid;
    private bool _isExporting;
    private bool _isUnderPointer;
    private (ListRow Row, double X, double Y)? _menu;
    private int _rights;
    private int _at = -1;
    private int _anchor = -1;

    [Parameter, EditorRequired]
    public ListDefinition<T> List { get; set; } = default!;

    /// <summary>Further buttons beside the heading.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    /// <summary>Why there may be none at all.</summary>
    [Parameter]
    public string? EmptyText { get; set; }

    // Such as "VMs" and "networks".
    private string Noun => char.IsLower(List.Title[1]) ? char.ToLowerInvariant(List.Title[0]) + List.Title[1..] : List.Title;

    private string? WhyEmpty => View.SeesEverything ? EmptyText : "There are none that you may view. An administrator can give you more; it appears here at once.";

    internal IReadOnlyList<(Column<T> Column, int Width)> Shown { get; private set; } = [];

    internal int ActiveIndex => _at;

    /// <summary>In the past, what is not now as it was then.</summary>
    [CascadingParameter]
    internal ChangedSince? Since { get; set; }

    internal Viewpoint Viewpoint => new(_icons ??= Assets[Ui.Icon.Sheet], Zone, Scene.AsOf ?? Now, Since);

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ListResults Results { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    [Inject]
    private IJSRuntime Runtime { get; set; } = default!;

    // The order is looked at once a second.
    protected override bool FollowsTime => true;

    private bool IsHeld => _isUnderPointer || _selected.Count > 0;

    private string Counted => _result.Rows.Length == _result.All ? Ui.Format.Count(_result.All) : $"{Ui.Format.Count(_result.Rows.Length)} of {Ui.Format.Count(_result.All)}";

    private bool AreAllSelected => _selected.Count > 0 && _selected.Count == _result.Rows.Length;

    private string Template => string.Join(' ', Shown.Select(s => s.Column.Grows ? $"minmax({s.Width}px,1fr)" : $"{s.Width}px").Prepend("36px").Append("36px"));

    /// <summary>Below this the grid scrolls sideways instead of squeezing columns.</summary>
    private int Least => Shown.Sum(s => s.Width) + PickAndActions;

    [JSInvokable]
    public void Resize(string key, int width)
    {
        ChooseColumns([.. Shown.Select(s => new ShownColumn(s.Column.Key, s.Column.Key == key ? width : s.Width == s.Column.Width ? null : s.Width))]);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        _self?.Dispose();
        try
        {
            if (_script is not null)
                await (await _script).DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone.
        }
    }

    internal void Join(ListRowView<T> row) => _rows.Add(row);

    internal void Leave(ListRowView<T> row) => _rows.Remove(row);

    internal bool IsSelected(ListRow row) => _selected.Contains(row);

    internal string RowId(int index) => $"row-{index}";

    internal Scene SceneNow => Scene;

    /// <summary>Differs once rights changed.</summary>
    internal int Rights => View.Rights;

    /// <summary>What a cell says to whoever looks.</summary>
    internal string TextOf(Column<T> column, PoolPicture pool, T value) =>
        (column.IsPicture && Scene.IsPast) || (column.Takes is { } takes && !View.May(takes(value), pool, value)) ? "" : column.Text(pool, value);

    /// <summary>A click into a row: with Ctrl it joins the selection, with Shift all between do; a plain one only goes there.</summary>
    internal void Click(ListRow row, bool control, bool shift)
    {
        _at = _result.IndexOf(row);
        if (shift && _anchor >= 0)
            SelectRange(_anchor, _at);
        else if (control)
            Toggle(row);
        else
            _anchor = _at;
        StateHasChanged();
    }

    /// <summary>Opens the row's menu where the pointer is.</summary>
    internal void OpenMenu(ListRow row, double x, double y)
    {
        _at = _result.IndexOf(row);
        _menu = (row, x, y);
        StateHasChanged();
    }

    internal void Toggle(ListRow row)
    {
        if (!_selected.Remove(row))
            _selected.Add(row);
        _at = _anchor = _result.IndexOf(row);
        KeepSelection();
        StateHasChanged();
    }

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += OnMoved;
        Read(Navigation.Uri);
        _result = Make();
        Reselect();
    }

    // A new picture source (a past moment, or back to now) is shown at once.
    protected override void OnParametersSet()
    {
        _next = null;
        _result = Make();
    }

    protected override bool IsDifferent(Scene before)
    {
        foreach (var row in _rows)
            row.Look();
        return false;
    }

    protected override bool IsOlder()
    {
        var hasOtherRights = _rights != View.Rights;
        _rights = View.Rights;
        foreach (var row in _rows)
        {
            if (hasOtherRights)
                row.Look();
            row.LookAtAges();
        }

        // What is gone cannot stay selected: the order would wait for it for ever.
        if (_selected.RemoveWhere(row => CellOf(row) is null) > 0)
            KeepSelection();
        // The past stands still.
        if (Scene.IsPast && ReferenceEquals(_madeOf, Scene))
            return false;
        var made = Make();
        var hasOwn = HasOwn(made);
        if (ReferenceEquals(made, _result) || (ReferenceEquals(made, _next) && IsHeld && !hasOwn))
            return false;
        if (made.HasSameOrder(_result) || !IsHeld || _result.Rows.Length == 0 || hasOwn || HasHidden())
        {
            var isNews = _next is not null || !made.LooksLike(_result);
            _next = null;
            _result = made;
            return isNews;
        }

        _next = made;
        return true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var hasGrid = _result.Rows.Length > 0;
        if (hasGrid == _hasGrid)
            return;
        _hasGrid = hasGrid;
        if (!hasGrid)
            return;
        _self ??= DotNetObjectReference.Create(this);
        var script = await ScriptAsync();
        // The page may have been left while its script was on its way.
        if (!Gone.IsCancellationRequested)
            await script.InvokeVoidAsync("attach", _grid, _self);
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnMoved;
        base.Dispose(disposing);
    }

    private Task<IJSObjectReference> ScriptAsync() =>
        _script ??= Runtime.InvokeAsync<IJSObjectReference>("import", "/" + Assets["Components/Lists/ListPage.razor.js"]).AsTask();

    /// <summary>A row must go at once, under the pointer or not: what it shows may not be viewed any more.</summary>
    private bool HasHidden()
    {
        foreach (var row in _result.Rows)
            if (Scene.Pool(row.Pool)?.Picture?.Get(row.Ref) is null && (Scene.Pool(row.Pool) is null || View.IsHidden(new(row.Pool, row.Ref))))
            {
                _selected.RemoveWhere(selected => Scene.Pool(selected.Pool)?.Picture?.Get(selected.Ref) is null);
                return true;
            }

        return false;
    }

    /// <summary>Something is new that the person at this circuit has made themselves: it is seen at once, whatever is under the pointer.</summary>
    private bool HasOwn(ListResult made) => IsHeld && Actions.Made is { Count: > 0 } own && made.Rows.Any(row => own.Contains(new(row.Pool, row.Uuid)) && _result.IndexOf(row) < 0);

    // While a filter cannot be read, the last one that could stays; there must be one, or nothing is shown that nobody asked for.
    private ListResult Make()
    {
        _madeOf = Scene;
        if (_filter.Problem is null)
            _applied = _filter;
        return _applied is null ? new([], Scene.Count<T>(), new Dictionary<string, string>()) : Results.Get(List, Scene, _applied, _query.Order);
    }

    private async Task CloseMenuAsync()
    {
        _menu = null;
        await _grid.FocusAsync(preventScroll: true);
    }

    private void ApplyNext()
    {
        _result = _next ?? _result;
        _next = null;
        _at = Math.Min(_at, _result.Rows.Length - 1);
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath != _path || !Read(moved.Location))
            return;
        ApplyQuery();
        Reselect();
        StateHasChanged();
    }

    /// <summary>Takes the choices from the address; false when they are what they were.</summary>
    private bool Read(string address)
    {
        _path = new Uri(address).AbsolutePath;
        var query = ListQuery.Parse(address);
        if (query == _query && Shown.Count > 0)
            return false;
        _query = query;
        ReadChoices();
        return true;
    }

    private void ReadChoices()
    {
        if (_filter.Text != _query.Filter)
            _filter = ListFilter.Parse(_query.Filter, List.Class);
        var chosen = _query.Columns.Select(c => (Column: List.Column(c.Key)!, c.Width)).Where(c => c.Column is not null).ToList();
        Shown = chosen.Count > 0
            ? [.. chosen.Select(c => (c.Column, c.Width ?? c.Column.Width))]
            : [.. List.Columns.Where(c => c.IsShown).Select(c => (c, c.Width))];
    }

    private void Choose(ListQuery query)
    {
        _query = query;
        ReadChoices();
        ApplyQuery();
        Navigation.NavigateTo(query.Write(Navigation.Uri), replace: true);
    }

    private void ApplyQuery()
    {
        _next = null;
        _result = Make();
        _at = Math.Min(_at, _result.Rows.Length - 1);
    }

    private void SetFilter(string text) => Choose(_query with { Filter = text });

    private void ChooseColumns(ImmutableArray<ShownColumn> columns) => Choose(_query with { Columns = columns });
}
