using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.Rest.Collections;

/// <summary>The objects of every collection, what hangs on them, and their tags.</summary>
internal sealed class ObjectRoutes : IRestRoutes
{
    private static readonly XoFilter s_noAlarm = Parse("!name:/^ALARM$/");

    public IEnumerable<RestRoute> Routes =>
    [
        .. RestCollection.All.SelectMany(Of),
        .. RestCollection.Busy.Select(MessagesOf),
        .. RestCollection.All.Where(one => one.Type.StartsWith("VM", StringComparison.Ordinal)).Select(DisksOf),
        .. RestCollection.Tagged.SelectMany(TagsOf),
    ];

    /// <summary>A list of objects that all are of the collection's type, or hang on others.</summary>
    /// <param name="among">The only ones that may come; null for all there are.</param>
    public static Task WriteListAsync(RestCall call, ListForm form, XoFilter which, IEnumerable<Located<XapiObject>>? among = null)
    {
        var list = new XoObjectList(call.Objects, XoFilter.Both(which, form.Filter), form.Limit, among);
        return form.WriteAsync(call.Http, list.Each(form.NeedsObjects).Select(one =>
            (RestCollection.AddressOf(XoTypes.Of(one.Object.Pool, one.Object.Object), XoIds.Of(one.Object.Pool, one.Object.Object))!, one.Document)));
    }

    private static IEnumerable<RestRoute> Of(RestCollection collection)
    {
        var type = XoFilter.OfType(collection.Type);
        var which = collection.Type == "message" ? XoFilter.Both(type, s_noAlarm) : type;
        yield return new("GET", $"/{collection.Name}", $"All objects of the type {collection.Type} that you may view.", call => WriteListAsync(call, ListForm.Of(call), which))
        {
            Query = ListForm.Parameters,
            Outcomes = [RestOutcome.List],
        };
        yield return new("GET", $"/{collection.Name}/{{id}}", $"One object of the type {collection.Type}.", call => WriteOneAsync(call, collection))
        {
            Outcomes = [RestOutcome.Document, RestOutcome.NotModified],
        };
    }

    private static async Task WriteOneAsync(RestCall call, RestCollection collection)
    {
        var found = call.Find(collection);
        using var document = new XoDocument();
        await call.DocumentAsync(document.Write(found.Pool, found.Object), document.Tag());
    }

    private static RestRoute MessagesOf(RestCollection collection) => new("GET", $"/{collection.Name}/{{id}}/messages", "What its pool has to say of it.", call =>
    {
        call.Find(collection);
        var about = JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "message", ["$object"] = call.Id });
        return WriteListAsync(call, ListForm.Of(call), XoFilter.Both(new LikeFilter(about), s_noAlarm));
    })
    {
        Query = ListForm.Parameters,
        Outcomes = [RestOutcome.List],
    };

    private static RestRoute DisksOf(RestCollection collection) => new("GET", $"/{collection.Name}/{{id}}/vdis", "The disks in its drives.", call =>
    {
        var found = call.Find(collection);
        var disks = found.Pool.DisksOf((Vm)found.Object).Where(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null }).Select(disk => new Located<XapiObject>(found.Pool, disk.Vdi!)).ToImmutableArray();
        return WriteListAsync(call, ListForm.Of(call), XoFilter.Everything, disks);
    })
    {
        Query = ListForm.Parameters,
        Outcomes = [RestOutcome.List],
    };

    private static IEnumerable<RestRoute> TagsOf(RestCollection collection)
    {
        var path = $"/{collection.Name}/{{id}}/tags/{{tag}}";
        yield return new("PUT", path, "Adds a tag.", call => TagAsync(call, collection, "tag.add")) { Outcomes = [RestOutcome.Nothing] };
        yield return new("DELETE", path, "Takes a tag off.", call => TagAsync(call, collection, "tag.remove")) { Outcomes = [RestOutcome.Nothing] };
    }

    private static async Task TagAsync(RestCall call, RestCollection collection, string method)
    {
        call.Find(collection);
        await call.RunAsync(method, new() { ["id"] = call.Id, ["tag"] = call.Part("tag") });
        await call.NothingAsync();
    }

    private static XoFilter Parse(string text) => XoFilter.TryParse(text, out var filter, out var error) ? filter : throw new ArgumentException(error);
}
