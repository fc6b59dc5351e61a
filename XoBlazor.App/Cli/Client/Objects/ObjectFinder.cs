using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Objects;

/// <summary>Finds what a person means by a name or a uuid, among what the user may view.</summary>
internal sealed class ObjectFinder(ServerLink link)
{
    private const int MostListed = 10;

    /// <summary>The objects that are like an example, or that a text in the filter language finds.</summary>
    public async Task<ImmutableArray<FoundObject>> AllAsync(JsonNode filter, CancellationToken token, int? limit = null)
    {
        var parameters = new JsonObject { ["filter"] = filter };
        if (limit is not null)
            parameters["limit"] = limit;
        var found = await link.CallAsync("xo.getAllObjects", parameters, token) as JsonObject;
        return [.. (found ?? []).Select(one => one.Value).OfType<JsonObject>().Select(one => new FoundObject(one))];
    }

    /// <summary>The one object of these types that is meant. Fails with <see cref="CliException"/> when there is none, or more than one.</summary>
    /// <param name="types">Any when none is named.</param>
    public async Task<FoundObject> OneAsync(string meant, ImmutableArray<string> types, CancellationToken token)
    {
        var byId = await AllAsync(new JsonObject { ["id"] = meant }, token);
        if (byId.FirstOrDefault(one => types.IsEmpty || types.Contains(one.Type)) is { } there)
            return there;
        var named = ImmutableArray.CreateBuilder<FoundObject>();
        foreach (var type in types.IsEmpty ? [null] : types.Select(string? (type) => type))
        {
            var example = new JsonObject { ["name_label"] = meant };
            if (type is not null)
                example["type"] = type;
            named.AddRange(await AllAsync(example, token));
        }

        return named.Count switch
        {
            1 => named[0],
            0 => throw new CliException(ExitCode.NoSuchObject, $"There is no {Kind(types)} '{Printable.Line(meant)}' that you may view.{Look(types)}"),
            _ => throw new CliException(ExitCode.NoSuchObject, await SeveralAsync(meant, types, named, token)),
        };
    }

    private async Task<string> SeveralAsync(string meant, ImmutableArray<string> types, IReadOnlyList<FoundObject> named, CancellationToken token)
    {
        var places = (await AllAsync("type:|(pool host)", token)).ToDictionary(one => one.Id, one => one.Name);
        var lines = named.Take(MostListed).Select(one => $"  {one.Id}  {Kinds.Named(one.Type)}{In(one)}");
        var more = named.Count > MostListed ? $"\n  … and {named.Count - MostListed} more" : "";
        return $"{named.Count} objects fit {Kind(types)} '{Printable.Line(meant)}'. Give the uuid of one:\n{string.Join('\n', lines)}{more}";

        string In(FoundObject one) => string.Concat(new[] { "$container", "$pool" }.Select(link => (string?)one.Object[link]).OfType<string>().Distinct()
            .Where(places.ContainsKey).Select(id => $", {places[id]}"));
    }

    private static string Kind(ImmutableArray<string> types) => types.IsEmpty ? "object" : string.Join(" or ", types.Select(Kinds.Named).Distinct());

    private static string Look(ImmutableArray<string> types) => types.IsEmpty ? "" : $" 'xo-blazor cli {Kinds.Of(types[0])} list' shows what there is.";
}
