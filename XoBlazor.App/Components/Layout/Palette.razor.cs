using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Plugins;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.App.Components.Layout;

/// <summary>One box that leads to any page or object by name, and does what has a name: "start web".</summary>
public sealed partial class Palette
{
    private const int MostHits = 12;
    private const int MostActs = 5;

    private ElementReference _box;
    private string _text = "";
    private IReadOnlyList<SearchHit> _hits = [];
    private int _at;

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>What the frame itself can do.</summary>
    [Parameter]
    public IReadOnlyList<SearchHit> Commands { get; set; } = [];

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private PluginPanels Panels { get; set; } = default!;

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
        await Browser.MoveFocusAsync(_box);
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
        var pages = Place.All.Where(p => View.MayGo(p) && p.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(p => new SearchHit(p.Icon, p.Name, "Page", p.Url))
            .Concat(View.May(PanelRights.View) ? Panels.Of(UiKind.Page).Select(p => new SearchHit(p.Want.Icon, ForeignText.Shown(p.Want.Title), ForeignText.Shown(p.PluginName), PluginPages.UrlOf(p))).Where(p => p.Name.Contains(text, StringComparison.OrdinalIgnoreCase)) : []);
        _hits = text.Length == 0
            ? [.. pages.Take(MostHits)]
            :
            [
                .. pages.Take(3), .. Commands.Where(c => c.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(3), .. Acts(text).Take(MostActs),
                .. ObjectSearch.Find(Scene, text, MostHits).Select(found => SearchHit.Of(found.Pool, found.Object)),
            ];
    }

    /// <summary>What is possible now with the objects that the rest of the text names.</summary>
    private IEnumerable<SearchHit> Acts(string text)
    {
        if (Scene.IsPast)
            yield break;
        if (NameAfter("Console", text) is { } vmName)
            foreach (var (pool, value) in ObjectSearch.Find(Scene, vmName, MostHits))
                if (Actions.ConsoleOf(pool.Picture!, value) is { } url)
                    yield return new("console", $"Console of {ObjectLooks.Name(value)}", pool.Name, url);
        foreach (var operation in Catalogue.All)
        {
            if (NameAfter(operation.Title, text) is not { } name)
                continue;
            foreach (var (pool, value) in ObjectSearch.Find(Scene, name, MostHits))
                if (operation.IsFor(pool.Picture!, value) && Actions.Obstacle(operation, pool.Picture!, value) is null)
                    yield return new(OperationLooks.Icon(operation), $"{operation.Title} {ObjectLooks.Name(value)}", pool.Name, null,
                        Do: () => Actions.StartAsync(operation, [(pool.Picture!, value)]));
        }
    }

    /// <summary>What follows the beginning of a title: for "Shut down" and "shut web", "web". Null where the text begins otherwise or nothing follows.</summary>
    private static string? NameAfter(string title, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var same = words.Zip(title.Split(' ')).TakeWhile(pair => pair.Second.StartsWith(pair.First, StringComparison.OrdinalIgnoreCase)).Count();
        return same > 0 && same < words.Length ? string.Join(' ', words[same..]) : null;
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

    private async Task Go(SearchHit hit)
    {
        if (hit.Url is { } url)
            Navigation.NavigateTo(TimeTravel.Along(Navigation, url));
        await OnClose.InvokeAsync();
        if (hit.Do is { } act)
            await act();
    }
}
