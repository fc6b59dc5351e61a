using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Live;

namespace XoBlazor.App.Components.Layout;

/// <summary>The frame around every page: rail, tree, top bar, keys, and the picture that all pages read.</summary>
public sealed partial class ConsoleLayout : IAsyncDisposable
{
    private DotNetObjectReference<ConsoleLayout>? _self;
    private IJSObjectReference? _script;
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
    private IJSRuntime Script { get; set; } = default!;

    [JSInvokable]
    public void OpenPalette() => Open(Overlay.Palette);

    [JSInvokable]
    public void OpenHelp() => Open(Overlay.Help);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("stop");
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the script with it.
        }

        _self?.Dispose();
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        _script = await Script.InvokeAsync<IJSObjectReference>("import", "/" + Assets["Components/Layout/ConsoleLayout.razor.js"]);
        var browser = await _script.InvokeAsync<BrowserState>("start", _self, Place.All.ToDictionary(p => p.Key, p => p.Url));
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
        return KeepAsync("tree", _showsTree ? "open" : "");
    }

    private Task NarrowAsync() => _script?.InvokeVoidAsync("toggleRail").AsTask() ?? Task.CompletedTask;

    private Task LookAsync((string Name, string Value) wish) => KeepAsync(wish.Name, wish.Value);

    private Task KeepAsync(string name, string value) => _script?.InvokeVoidAsync("keep", name, value).AsTask() ?? Task.CompletedTask;

    private sealed record BrowserState(string Zone, bool ShowsTree);
}
