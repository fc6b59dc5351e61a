using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Settings;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Layout;

/// <summary>Where the page is: its place, and for an object's page the pool and the object by name, read from the address; for a thing of the settings the name that its page has.</summary>
public sealed partial class Crumbs
{
    private IReadOnlyList<Crumb> _crumbs = [];

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private PageNames Names { get; set; } = default!;

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += OnMoved;
        Names.Changed += OnNamed;
    }

    protected override void OnParametersSet() => _crumbs = Read();

    // Names change seldom; a second is soon enough.
    protected override bool FollowsTime => true;

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var crumbs = Read();
        var isDifferent = !crumbs.SequenceEqual(_crumbs);
        _crumbs = crumbs;
        return isDifferent;
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnMoved;
        Names.Changed -= OnNamed;
        base.Dispose(disposing);
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => OnNamed();

    private void OnNamed()
    {
        _crumbs = Read();
        StateHasChanged();
    }

    private List<Crumb> Read()
    {
        var address = new Uri(Navigation.Uri).AbsolutePath;
        var path = address.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (path.Length == 0)
            return [new("Overview", null)];

        var place = Place.All.FirstOrDefault(p => p.Has("/" + path[0]));
        // Settings lead to one of their pages: that one, and not all of them, is where one comes from.
        var first = new Crumb(place?.Name ?? Capital(path[0]), path.Length > 1 ? place?.Url : null, path is [not "settings", _, ..]);
        if (path is ["vdis", { } at, { } disk, ..] && Scene.Pool(at)?.Picture is { } disks && disks.GetByUuid<Vdi>(disk) is { } disc && disks.IsIso(disc))
            first = new("ISOs", "/isos");
        return path switch
        {
            [_] => [first],
            ["settings", var area, .. var rest] when SettingsPlace.All.FirstOrDefault(p => p.Url == $"/settings/{area}") is { } page =>
                rest is [] || page.One is null ? [first, new(page.Name, null)] : [first, new(page.Name, page.Url, IsBack: true), new(Names.Of(address) ?? page.One, null)],
            ["plugin", _, _] => [new("Plugins", "/plugins"), new(Names.Of(address) ?? "Page", null)],
            ["pools", var pool] => [first, new(Scene.Pool(pool)?.Name ?? "Pool", null)],
            ["pools", var pool, "rolling"] => [new("Pools", "/pools"), new(Scene.Pool(pool)?.Name ?? "Pool", $"/pools/{Uri.EscapeDataString(pool)}", IsBack: true), new("Rolling reboot and update", null)],
            ["console", var pool, var vm] when Scene.Find<Vm>(new ObjectKey(pool, vm)) is { } shown =>
                [new("VMs", "/vms"), new(ObjectLooks.Name(shown), ObjectUrl.Of(pool, shown), IsBack: true), new("Console", null)],
            ["console", _] => [new("VMs", "/vms"), new("Console", null)],
            [_, var pool, var id, ..] when Scene.Pool(pool) is { } there =>
                [first, new(there.Name, $"/pools/{Uri.EscapeDataString(pool)}"), new(Scene.Find<XapiObject>(new ObjectKey(pool, id)) is { } named ? ObjectLooks.Name(named) : id, null)],
            [_, .. var rest] => [first, .. rest.Select(r => new Crumb(Capital(r), null))],
            [] => [],
        };
    }

    private static string Capital(string word) => SentenceText.Capital(word.Replace('-', ' '));

    /// <param name="IsBack">What is left of the way where space is short.</param>
    private sealed record Crumb(string Name, string? Url, bool IsBack = false);
}
