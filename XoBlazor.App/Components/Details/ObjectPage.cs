using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Details;

/// <summary>
/// The page of one object, named by its pool's uuid and its own. Looks it up in every scene and renders again only when it, or something
/// it shows beside it, changed. An object that goes away while it is looked at stays on the page as it was last; one that may not be viewed any more does not.
/// </summary>
public abstract class ObjectPage : LiveComponent
{
    // A page that shows thousands of things may take this share of the circuit's time to look at them; the rest waits for the next second.
    private const int LeastRestPerLook = 20;

    private static readonly TimeSpan s_cheap = TimeSpan.FromMilliseconds(1);

    private XapiObject?[] _watched = [];
    private DateTimeOffset _restsUntil;
    private bool _hasWaiting;
    private (bool IsConnected, string? Problem, int Rights, ImmutableArray<PluginContribution> Plugins) _shownWith;

    [Inject]
    protected CircuitView View { get; set; } = default!;

    [Inject]
    private PluginPanels PluginPanels { get; set; } = default!;

    [Parameter]
    public string PoolUuid { get; set; } = "";

    [Parameter]
    public virtual string Uuid { get; set; } = "";

    /// <summary>The tab that is open; null for the first.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>What such objects are called, in the middle of a sentence: VM, host, disk.</summary>
    public abstract string Kind { get; }

    /// <summary>The list that such objects stand in.</summary>
    public abstract string ListUrl { get; }

    public ObjectKey Key => new(PoolUuid, Uuid);

    public ScenePool? ScenePool { get; private set; }

    /// <summary>The picture that <see cref="Value"/> is from.</summary>
    public PoolPicture Picture { get; private set; } = null!;

    /// <summary>The object; null when there is none and was none.</summary>
    public XapiObject? Value { get; private set; }

    /// <summary>The object went away while it was looked at.</summary>
    public bool IsGone { get; private set; }

    /// <summary>There was an object, and what it was may not be shown.</summary>
    public bool WasThere { get; private set; }

    public bool IsPast => Scene.IsPast;

    /// <summary>The tabs to choose from, the first one being what an address without a tab shows.</summary>
    public IEnumerable<DetailTab> Tabs =>
        [DetailTab.General, .. OwnTabs, .. PluginTabs.Select(shown => new DetailTab($"plugin.{shown.Key}", ForeignText.Shown(shown.Want.Title))), DetailTab.Timeline, .. (DetailTab[])(View.May(AdministrationRights.Grants) && !IsPast ? [DetailTab.Access] : []), DetailTab.Advanced];

    public string OpenTab => Tabs.FirstOrDefault(t => t.Name == Tab).Name ?? Tabs.First().Name;

    /// <summary>What plugins show of the object; nothing of what is past or gone, of which they know nothing.</summary>
    public IEnumerable<PluginContribution> PluginTabs => Value is { } value && !IsPast && !IsGone ? PluginPanels.On(UiKind.Tab, PoolUuid, value) : [];

    /// <summary>The tabs that only such pages have. Asked only when there is an object.</summary>
    protected virtual IEnumerable<DetailTab> OwnTabs => [];

    protected abstract XapiObject? Find(PoolPicture picture);

    /// <summary>All other objects whose change shows on this page.</summary>
    protected abstract IEnumerable<XapiObject?> Related();

    protected override void OnParametersSet()
    {
        if (Value is not null && Value.Uuid != Uuid && Value.Ref != Uuid)
            (Value, IsGone, WasThere) = (null, false, false);
        Look();
    }

    protected override bool FollowsTime => true;

    protected override bool IsDifferent(Scene before)
    {
        if (Now >= _restsUntil || !ReferenceEquals(Value, Scene.Pool(PoolUuid)?.Picture is { } picture ? Find(picture) : null))
            return Look();
        _hasWaiting = true;
        return false;
    }

    protected override bool IsOlder() => (_hasWaiting || IsGone || View.Rights != _shownWith.Rights || PluginPanels.All != _shownWith.Plugins) && Look();

    private bool Look()
    {
        _hasWaiting = false;
        var begun = Stopwatch.GetTimestamp();
        var isDifferent = LookNow();
        if (Stopwatch.GetElapsedTime(begun) is var cost && cost > s_cheap)
            _restsUntil = Now + (cost * LeastRestPerLook);
        return isDifferent;
    }

    private bool LookNow()
    {
        var pool = Scene.Pool(PoolUuid);
        var picture = pool?.Picture;
        var found = picture is null ? null : Find(picture);
        if (found is null && Value is { } last && !IsPast && View.Shows(PoolUuid, last) && MayKeep())
        {
            var shown = View.Remembered(PoolUuid, last);
            var news = !IsGone || !ReferenceEquals(shown, last);
            (Value, IsGone, ScenePool) = (shown, true, pool ?? ScenePool);
            return news;
        }

        ScenePool = pool;
        WasThere = found is null && !IsPast && (WasThere || Value is not null);
        (Value, IsGone) = (found, false);
        if (picture is not null)
            Picture = picture;

        XapiObject?[] watched = found is null ? [] : [found, .. Related()];
        var shownWith = (ScenePool?.IsConnected ?? false, ScenePool?.Problem, View.Rights, PluginPanels.All);
        var isSame = shownWith == _shownWith && watched.AsSpan().SequenceEqual(_watched, ReferenceEqualityComparer.Instance);
        (_watched, _shownWith) = (watched, shownWith);
        return !isSame;
    }

    /// <summary>
    /// What this page shows beside an object that is gone was in view by rights that still hold. What only the object led to goes on being shown with it.
    /// </summary>
    private bool MayKeep() => View.Rights == _shownWith.Rights || !_watched.Any(shown => shown is not null && View.IsHidden(Picture.Key(shown)));
}

/// <summary>The page of an object of one class.</summary>
public abstract class ObjectPage<T> : ObjectPage where T : XapiObject
{
    /// <summary>The object; only to be read where the page has one.</summary>
    protected T Object => (T)Value!;

    protected override XapiObject? Find(PoolPicture picture) => picture.Find<T>(Uuid);
}
