using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Travel;

namespace XoBlazor.App.Components.Layout;

/// <summary>One box that leads to any page or object by name.</summary>
public sealed partial class Palette
{
    private const int MostHits = 12;

    private ElementReference _box;
    private string _text = "";
    private IReadOnlyList<SearchHit> _hits = [];
    private int _at;

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Browser.ReturnFocusAsync();
    }

    protected override void OnParametersSet() => Search();

    protected override bool IsDifferent(Scene before) => false;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await Browser.LeaveFocusAsync();
        await _box.FocusAsync();
    }

    private void OnText(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        _at = 0;
        Search();
    }

    private void Search()
    {
        var text = _text.Trim();
        var pages = Place.All.Where(p => p.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(p => new SearchHit(p.Icon, p.Name, "Page", p.Url, null));
        _hits = text.Length == 0
            ? [.. pages.Take(MostHits)]
            : [.. pages.Take(3), .. ObjectSearch.Find(Scene, text, MostHits).Select(found => SearchHit.Of(found.Pool, found.Object))];
    }

    private Task OnKey(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "Escape":
                return OnClose.InvokeAsync();
            case "ArrowDown" when _hits.Count > 0:
                _at = (_at + 1) % _hits.Count;
                break;
            case "ArrowUp" when _hits.Count > 0:
                _at = (_at + _hits.Count - 1) % _hits.Count;
                break;
            case "Enter" when _at < _hits.Count:
                return Go(_hits[_at]);
        }

        return Task.CompletedTask;
    }

    private Task Go(SearchHit hit)
    {
        Navigation.NavigateTo(TimeTravel.Along(Navigation, hit.Url));
        return OnClose.InvokeAsync();
    }
}
