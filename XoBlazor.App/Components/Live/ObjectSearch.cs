using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Live;

/// <summary>Finds objects that have a page by a piece of their name or uuid, or by a guest's address: names that begin with the text first.</summary>
public static class ObjectSearch
{
    public static IReadOnlyList<(ScenePool Pool, XapiObject Object)> Find(Scene scene, string text, int most)
    {
        var ranked = new PriorityQueue<(ScenePool, XapiObject), (int, int)>();
        foreach (var pool in scene.Pools)
        {
            if (pool.Picture is not { } picture)
                continue;
            Look(pool, picture.All<Pool>());
            Look(pool, picture.All<Host>());
            Look(pool, picture.All<Vm>());
            Look(pool, picture.All<Sr>());
            Look(pool, picture.All<Network>());
            Look(pool, picture.All<Vdi>());
        }

        var found = new List<(ScenePool, XapiObject)>(most);
        while (found.Count < most && ranked.TryDequeue(out var next, out _))
            found.Add(next);
        return found;

        void Look<T>(ScenePool pool, ObjectList<T> objects) where T : XapiObject
        {
            foreach (var there in objects)
                if (Rank(pool.Picture!, there, text) is { } rank)
                    ranked.Enqueue((pool, there), (rank, ObjectLooks.Name(there).Length));
        }
    }

    private static int? Rank(PoolPicture picture, XapiObject value, string text)
    {
        if (value is Vm { IsControlDomain: true })
            return null;
        var name = ObjectNames.OwnName(value) is { Length: > 0 } own ? own : ObjectLooks.Name(value);
        var at = name.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
            return (at == 0 ? 0 : 10) + (value is Vm { IsATemplate: true } or Vm { IsASnapshot: true } or Vdi ? 5 : 0);
        if (text.Length >= 4 && value.Uuid.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            return 20;
        return HasAddress(picture, value, text) ? 15 : null;
    }

    private static bool HasAddress(PoolPicture picture, XapiObject value, string text) => value switch
    {
        Host host => host.Address.StartsWith(text, StringComparison.OrdinalIgnoreCase),
        Vm vm when char.IsAsciiHexDigit(text[0]) && picture.Get(vm.GuestMetrics) is { } guest =>
            guest.Networks.Values.Any(address => address.StartsWith(text, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };
}
