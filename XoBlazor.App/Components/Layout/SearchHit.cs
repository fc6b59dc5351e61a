using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Layout;

/// <summary>One line of the palette: somewhere to go, or something to do.</summary>
/// <param name="Url">Where it leads; null for what is done.</param>
/// <param name="Do">What it does, once the palette is closed.</param>
public sealed record SearchHit(string Icon, string Name, string Where, string? Url, Look? State = null, Func<Task>? Do = null)
{
    public static SearchHit Of(ScenePool pool, XapiObject value)
    {
        var state = pool.Picture is { } picture ? ObjectLooks.State(picture, value) : null;
        return new(ObjectLooks.Icon(value), ObjectLooks.Name(value), state is { } look ? $"{look.Word} · {pool.Name}" : pool.Name, ObjectUrl.Of(pool.Uuid, value)!, state);
    }
}
