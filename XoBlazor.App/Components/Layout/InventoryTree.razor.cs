using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Layout;

/// <summary>The inventory: pools, hosts with what runs there, storage. Follows the picture once a second.</summary>
public sealed partial class InventoryTree
{
    private const string Consoles = "/console/";

    private static readonly XapiClass[] s_shown = [XapiClass.Pool, XapiClass.Host, XapiClass.HostMetrics, XapiClass.Vm, XapiClass.Sr, XapiClass.Pbd];

    private List<TreeNode> _lines = [];
    private Dictionary<string, int> _places = [];
    private (long, IPictureSource?) _read;
    private ElementReference _box;
    private int _at;
    private string _here = "";

    /// <summary>The branches that are open; the frame keeps them while the tree is put away.</summary>
    [Parameter]
    public HashSet<string> Open { get; set; } = new(StringComparer.Ordinal);

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    // Looks once a second rather than at every change: a tree that shuffles under the hand is of no use.
    protected override bool FollowsTime => true;

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += OnMoved;
        _here = Here();
        if (Scene.Pools.Length == 1)
            Open.Add(Scene.Pools[0].Uuid);
    }

    protected override void OnParametersSet() => Read();

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder() => (Stamp(), Pictures) != _read && Read();

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnMoved;
        base.Dispose(disposing);
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        _here = Here();
        StateHasChanged();
    }

    // A VM's console is its page, too.
    private string Here() => new Uri(Navigation.Uri).AbsolutePath is var path && path.StartsWith(Consoles, StringComparison.OrdinalIgnoreCase) ? "/vms/" + path[Consoles.Length..] : path;

    private long Stamp() => s_shown.Max(Scene.ContentVersion) + Scene.Pools.Count(p => p.IsConnected);

    private bool Read()
    {
        _read = (Stamp(), Pictures);
        var lines = InventoryLines.Of(Scene, Open);
        if (lines.SequenceEqual(_lines))
            return false;
        _lines = lines;
        _places = lines.Select((line, at) => (line.Id, at)).ToDictionary(p => p.Id, p => p.at);
        _at = Math.Clamp(_at, 0, Math.Max(0, _lines.Count - 1));
        return true;
    }

    private bool IsAt(TreeNode line) => IndexOf(line) == _at;

    private int IndexOf(TreeNode line) => _places.GetValueOrDefault(line.Id, -1);

    private void Toggle(TreeNode line)
    {
        if (!Open.Remove(line.Id))
            Open.Add(line.Id);
        _at = Math.Max(0, IndexOf(line));
        Read();
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        var before = _at;
        Move(key);
        if (_at != before)
            await Browser.RevealAsync(_box, _at);
    }

    private void Move(KeyboardEventArgs key)
    {
        if (_at >= _lines.Count)
            return;
        var line = _lines[_at];
        switch (key.Key)
        {
            case "ArrowDown":
                _at = Math.Min(_at + 1, _lines.Count - 1);
                break;
            case "ArrowUp":
                _at = Math.Max(_at - 1, 0);
                break;
            case "ArrowRight" when line.IsOpen == false:
            case "ArrowLeft" when line.IsOpen == true:
                Toggle(line);
                break;
            case "ArrowRight" when line.IsOpen == true:
                _at = Math.Min(_at + 1, _lines.Count - 1);
                break;
            case "ArrowLeft":
                _at = Math.Max(0, _lines.FindLastIndex(_at, above => above.Depth < line.Depth));
                break;
            case "Home":
                _at = 0;
                break;
            case "End":
                _at = _lines.Count - 1;
                break;
            case "Enter" when line.Url is not null:
                Navigation.NavigateTo(TimeTravel.Along(Navigation, line.Url));
                break;
        }
    }
}
