using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Live;

namespace XoBlazor.App.Components.Layout;

/// <summary>The frame around every page: rail, tree, top bar, keys, and the picture that all pages read.</summary>
public sealed partial class ConsoleLayout : IAsyncDisposable
{
    private DotNetObjectReference<ConsoleLayout>? _self;
    private ErrorBoundary? _boundary;
    private bool _showsTree;
    private Overlay _overlay;

    private enum Overlay
    {
        None,
        Palette,
        Help,
    }

    [Inject]
    private StorePictures Pictures { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    [JSInvokable]
    public void OpenPalette() => Open(Overlay.Palette);

    [JSInvokable]
    public void OpenHelp() => Open(Overlay.Help);

    public async ValueTask DisposeAsync()
    {
        await Browser.StopAsync();
        _self?.Dispose();
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        var browser = await Browser.StartAsync(_self, "/" + Assets["Components/Layout/ConsoleLayout.razor.js"]);
        if (browser is null)
            return;
        Zone.Set(browser.Zone);
        _showsTree = browser.ShowsTree;
        StateHasChanged();
    }

    private void Open(Overlay overlay)
    {
        _overlay = overlay;
        StateHasChanged();
    }

    private void CloseOverlay() => _overlay = Overlay.None;

    private void Recover() => _boundary?.Recover();

    private Task ToggleTreeAsync()
    {
        _showsTree = !_showsTree;
        return Browser.KeepAsync("tree", _showsTree ? "open" : "");
    }

    private Task NarrowAsync() => Browser.ToggleRailAsync();

    private Task LookAsync((string Name, string Value) wish) => Browser.KeepAsync(wish.Name, wish.Value);
}
