using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Plugins;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Panels;

namespace XoBlazor.App.Components.Layout;

/// <summary>The frame around every page: rail, tree, top bar, keys, and the picture that all pages read.</summary>
public sealed partial class ConsoleLayout : IAsyncDisposable
{
    /// <summary>The frame's script. The document loads it and it listens from then on; the circuit asks for the same address, and starts it.</summary>
    public const string Script = "Components/Layout/ConsoleLayout.razor.js";

    private DotNetObjectReference<ConsoleLayout>? _self;
    private ErrorBoundary? _boundary;
    private readonly HashSet<string> _branches = new(StringComparer.Ordinal);
    // Null until the browser has told, or the person has chosen; a choice that was quicker than the browser's answer stands.
    private bool? _showsTree;
    private string? _theme;
    private string? _density;
    private bool _choosesMoment;
    private bool _isThere;
    private bool _showsPlugins;
    private ChangedSince _since = ChangedSince.Nothing;
    private Overlay _overlay;
    private IDisposable? _keepingMoment;
    private readonly CancellationTokenSource _gone = new();

    private enum Overlay
    {
        None,
        Palette,
        Help,
        Tree,
    }

    [Inject]
    private TimeTravel Travel { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private PluginPanels Panels { get; set; } = default!;

    [Inject]
    private PluginFleet Fleet { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    /// <summary>The past was asked for and the present is all there is yet: it stays unseen.</summary>
    private bool IsUnderWay => Travel is { Reading: not null, Moment: null };

    private IReadOnlyList<SearchHit> Commands =>
    [
        new("plus", "New VM", "Action", "/vms/new"),
        new("import", "Import a file", "Action", null, Do: () => Actions.ImportAsync()),
        new("clock", Travel.Wanted is null ? "Time travel" : "Back to now", "Action", null, Do: () => Done(ToggleTravel)),
        new("tree", "Inventory tree", "Action", null, Do: () => Done(OpenTree)),
        new("light", "Light theme", "Action", null, Do: () => LookAsync(("theme", "light"))),
        new("dark", "Dark theme", "Action", null, Do: () => LookAsync(("theme", "dark"))),
        new("system", "Theme of the system", "Action", null, Do: () => LookAsync(("theme", ""))),
        new("help", "Keyboard", "Action", null, Do: () => Done(OpenHelp)),
    ];

    [JSInvokable]
    public void OpenPalette() => Open(Overlay.Palette);

    [JSInvokable]
    public void OpenHelp() => Open(Overlay.Help);

    /// <summary>The one key back from the past.</summary>
    [JSInvokable]
    public void BackToNow()
    {
        _choosesMoment = false;
        if (Travel.Wanted is not null)
            Navigation.NavigateTo(Travel.AddressAt(null));
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        View.RightsChanged -= OnRightsChanged;
        Fleet.Changed -= OnPluginsChanged;
        _keepingMoment?.Dispose();
        await _gone.CancelAsync();
        _gone.Dispose();
        await Browser.StopAsync();
        _self?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await View.OpenAsync();
        View.RightsChanged += OnRightsChanged;
        Fleet.Changed += OnPluginsChanged;
        _showsPlugins = PluginPages.HasAny(Panels, View);
        Navigation.LocationChanged += OnLocationChanged;
        _keepingMoment = Navigation.RegisterLocationChangingHandler(KeepMomentAsync);
        await FollowAsync(Navigation.Uri);
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        var browser = await Browser.StartAsync(_self, "/" + Assets[Script]);
        if (browser is null)
            return;
        Zone.Set(browser.Zone);
        _showsTree ??= browser.ShowsTree;
        _theme ??= browser.Theme;
        _density ??= browser.Density;
        StateHasChanged();
    }

    private void ToggleTravel()
    {
        _choosesMoment = !_choosesMoment;
        if (!_choosesMoment)
            BackToNow();
    }

    // Links know nothing of the past: one that is followed there stays there.
    private ValueTask KeepMomentAsync(LocationChangingContext changing)
    {
        if (Travel.Wanted is not null && changing.IsNavigationIntercepted && TimeTravel.MomentOf(Navigation.ToAbsoluteUri(changing.TargetLocation).AbsoluteUri) is null)
        {
            changing.PreventNavigation();
            Navigation.NavigateTo(Travel.Keep(changing.TargetLocation));
        }

        return ValueTask.CompletedTask;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs changed) => _ = InvokeAsync(() =>
    {
        if (_overlay == Overlay.Tree)
            _overlay = Overlay.None;
        return FollowAsync(changed.Location);
    });

    private void OnRightsChanged() => _ = InvokeAsync(async () =>
    {
        _since = ChangedSince.Nothing;
        _showsPlugins = PluginPages.HasAny(Panels, View);
        var reading = Travel.ReadAgainAsync(_gone.Token, StateHasChanged);
        StateHasChanged();
        await reading;
        _since = Travel.Moment is null ? ChangedSince.Nothing : new(Travel.Since);
        StateHasChanged();
    });

    // Any thread; asked for often while plugins start.
    private void OnPluginsChanged()
    {
        if (View.IsOpen && PluginPages.HasAny(Panels, View) != _showsPlugins)
            _ = InvokeAsync(() =>
            {
                _showsPlugins = PluginPages.HasAny(Panels, View);
                StateHasChanged();
            });
    }

    private async Task FollowAsync(string uri)
    {
        await Travel.FollowAsync(uri, _gone.Token, StateHasChanged);
        _isThere |= Travel.Reading is null;
        _since = Travel.Moment is null ? ChangedSince.Nothing : new(Travel.Since);
        StateHasChanged();
    }

    private Task Done(Action act)
    {
        act();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void Open(Overlay overlay)
    {
        _overlay = overlay;
        StateHasChanged();
    }

    private void OpenTree() => Open(Overlay.Tree);

    private void CloseOverlay() => _overlay = Overlay.None;

    private void Recover() => _boundary?.Recover();

    private Task ToggleTreeAsync()
    {
        _showsTree = _showsTree != true;
        return Browser.KeepAsync("tree", _showsTree == true ? "open" : "");
    }

    private Task NarrowAsync() => Browser.ToggleRailAsync();

    private Task LookAsync((string Name, string Value) wish)
    {
        if (wish.Name == "theme")
            _theme = wish.Value;
        else
            _density = wish.Value;
        return Browser.KeepAsync(wish.Name, wish.Value);
    }
}
