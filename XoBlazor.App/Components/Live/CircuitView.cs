using System.Collections.Immutable;
using Microsoft.AspNetCore.Components.Authorization;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>
/// What the person at this circuit may view, and through whose eyes: the one way for pages to the objects. Empty until <see cref="OpenAsync"/>.
/// What is granted or taken away changes it by itself. Used on the circuit's dispatcher, except where it says otherwise.
/// </summary>
public sealed class CircuitView(VisibleStores stores, AccessEngine access, SharedPictures shared, AuthenticationStateProvider people) : IPictureSource, IDisposable
{
    private static readonly Actor s_nobody = new("", "nobody");

    private volatile VisibleStore? _store;
    private volatile StorePictures? _pictures;
    private int _rights;

    /// <summary>The rights of whoever is looked as have changed, or another one is looked as. On any thread; handlers only take note.</summary>
    public event Action? RightsChanged;

    public bool IsOpen => _store is not null;

    /// <summary>Who is signed in.</summary>
    public Actor Self { get; private set; } = s_nobody;

    /// <summary>Whose rights decide what is shown: <see cref="Self"/>, or whoever an administrator looks as.</summary>
    public Actor Eyes { get; private set; } = s_nobody;

    /// <summary>Somebody else's console is looked at: nothing can be done.</summary>
    public bool IsSomebodyElse => !ReferenceEquals(Self, Eyes);

    /// <summary>Differs once rights changed: what was judged before has to be asked again. From any thread.</summary>
    public int Rights => Volatile.Read(ref _rights);

    /// <summary>From any thread.</summary>
    public Scene Current => _store is { } store ? Pictures(store.Sight).Current : Scene.Empty;

    /// <summary>The objects alone.</summary>
    public StoreSnapshot Objects => _store?.Current ?? throw new InvalidOperationException("the view is not open");

    /// <summary>What changed lately of what is seen.</summary>
    public ImmutableList<RecentChange> Recent => _store is { } store ? Pictures(store.Sight).Recent.Newest : [];

    /// <summary>Nothing at all is hidden.</summary>
    public bool SeesEverything => _store is { Sight.IsWhole: true };

    /// <summary>Something was given, even if nothing of it is there now.</summary>
    public bool HasAnything => access.Policy.GrantsOf(Eyes.Id).Any();

    /// <summary>Begins to look, as whoever is signed in.</summary>
    public async Task OpenAsync()
    {
        if (IsOpen)
            return;
        var self = ActorOf.Principal((await people.GetAuthenticationStateAsync()).User);
        if (IsOpen)
            return;
        access.Changed += OnChanged;
        LookAs(Self = self);
    }

    /// <summary>The right on the server as a whole.</summary>
    public bool May(Right right) => access.AllowsEverywhere(Eyes, right);

    /// <summary>The place is there for these eyes.</summary>
    public bool MayGo(Place place) => place.Rights.IsDefaultOrEmpty || place.Rights.Any(May);

    /// <summary>Null when the right is there on an object that is seen, else the reason in words.</summary>
    public string? Refusal(Right right, PoolPicture pool, XapiObject value) => access.Refusal(Eyes, right, pool, value);

    public bool May(Right right, PoolPicture pool, XapiObject value) => access.Allows(Eyes, right, pool, value);

    /// <summary>An object may be shown as it is given: it is in view, or it is gone and was in view.</summary>
    public bool Shows(string pool, XapiObject value) =>
        Objects.Pool(pool)?.Get(value.Ref) is not null || access.MayRemember(Eyes, pool, value);

    /// <summary>What was in view and is gone, in the words that these eyes may read now.</summary>
    public XapiObject Remembered(string pool, XapiObject last) => access.Shown(Eyes, pool, last);

    /// <summary>The object is there, and not for these eyes; false for one that is gone for everybody.</summary>
    public bool IsHidden(ObjectKey key) => access.IsHidden(Eyes, key);

    /// <summary>Goes on as somebody else, or as oneself again.</summary>
    internal void LookAs(Actor eyes)
    {
        var before = _store;
        Eyes = eyes;
        _store = stores.For(eyes);
        before?.Dispose();
        Tell();
    }

    public void Dispose()
    {
        access.Changed -= OnChanged;
        _store?.Dispose();
        _store = null;
    }

    // Asked at every beat for every live thing on the page.
    private StorePictures Pictures(Sight sight) =>
        _pictures is { } known && ReferenceEquals(known.Sight, sight) ? known : _pictures = shared.Of(sight);

    private void OnChanged(PolicyChange change)
    {
        if (change.Users.Contains(Eyes.Id))
            Tell();
    }

    private void Tell()
    {
        Interlocked.Increment(ref _rights);
        RightsChanged?.Invoke();
    }
}
