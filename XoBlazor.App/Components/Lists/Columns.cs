using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Lists;

/// <summary>Columns that many lists have.</summary>
internal static class Columns
{
    public static Column<T> Name<T>() where T : XapiObject => new("name", "Name")
    {
        Text = static (pool, value) => ObjectLooks.Name(value) + ObjectLooks.State(pool, value)?.Word,
        Sort = static (_, value) => ObjectLooks.Name(value),
        View = Views.Name<T>(),
        Width = 180,
        Grows = true,
        Card = CardPlace.First,
    };

    public static Column<T> State<T>(Func<PoolPicture, T, Look> look) where T : XapiObject => new("state", "State")
    {
        Text = (pool, value) => look(pool, value).Word,
        View = Views.State(look),
        Width = 132,
        Card = CardPlace.First,
    };

    public static Column<T> Pool<T>(bool isShown = true) where T : XapiObject => Link<T>("pool", "Pool", static (pool, _) => pool.Pool) with { IsShown = isShown, Width = 150 };

    public static Column<T> Link<T>(string key, string title, Func<PoolPicture, T, XapiObject?> find) where T : XapiObject => new(key, title)
    {
        Text = (pool, value) => find(pool, value) is { } there ? ObjectLooks.Name(there) + ObjectLooks.State(pool, there)?.Word : "",
        Sort = (pool, value) => find(pool, value) is { } there ? ObjectLooks.Name(there) : null,
        View = Views.Link(find),
        Width = 150,
    };

    public static Column<T> Links<T>(string key, string title, Func<PoolPicture, T, IReadOnlyList<XapiObject>> find) where T : XapiObject => new(key, title)
    {
        Text = (pool, value) => string.Join(", ", find(pool, value).Select(ObjectLooks.Name)),
        View = Views.Links(find),
        Width = 180,
    };

    public static Column<T> Bytes<T>(string key, string title, Func<PoolPicture, T, long> bytes, bool hasTotal = true) where T : XapiObject => new(key, title)
    {
        Text = (pool, value) => Format.Bytes(bytes(pool, value)),
        Sort = (pool, value) => (double)bytes(pool, value),
        Total = hasTotal ? cells => Format.Bytes(cells.Sum(cell => Math.Max(0, bytes(cell.Pool, cell.Object)))) : null,
        IsNumber = true,
        Width = 94,
    };

    public static Column<T> Number<T>(string key, string title, Func<PoolPicture, T, long> number, bool hasTotal = true) where T : XapiObject => new(key, title)
    {
        Text = (pool, value) => Format.Count(number(pool, value)),
        Sort = (pool, value) => (double)number(pool, value),
        Total = hasTotal ? cells => Format.Count(cells.Sum(cell => number(cell.Pool, cell.Object))) : null,
        IsNumber = true,
        IsCount = true,
        Width = 74,
    };

    public static Column<T> Share<T>(string key, string title, Func<PoolPicture, T, double?> share, double? alarm, Func<PoolPicture, T, string>? text = null) where T : XapiObject
    {
        text ??= (pool, value) => share(pool, value) is { } known ? Format.Percent(known) : "–";
        return new(key, title) { Text = text, Sort = (pool, value) => share(pool, value) is { } known ? (SortKey)known : SortKey.None, View = Views.Share(share, alarm, text), Width = 150 };
    }

    public static Column<T> Moment<T>(string key, string title, Func<PoolPicture, T, DateTimeOffset?> moment) where T : XapiObject => new(key, title)
    {
        Text = (pool, value) => moment(pool, value)?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        Sort = (pool, value) => moment(pool, value),
        View = Views.Since(moment),
        Moment = moment,
        Width = 110,
    };

    public static Column<T> Tags<T>(Func<T, ImmutableArray<string>> tags) where T : XapiObject => new("tags", "Tags")
    {
        Text = (_, value) => string.Join(", ", tags(value)),
        View = Views.Tags(tags),
        Width = 128,
    };

    public static Column<T> Description<T>(Func<T, string> description) where T : XapiObject =>
        new("description", "Description") { Text = (_, value) => description(value), Width = 240, IsShown = false };

    public static Column<T> Uuid<T>() where T : XapiObject => new("uuid", "UUID") { Text = (_, value) => value.Uuid, IsMono = true, Width = 290, IsShown = false };
}
