using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.Tests.Security.Support;

/// <summary>Values that fit a schema, with an id in every place that takes a text.</summary>
internal static class Sample
{
    public static JsonNode? Of(ApiSchema schema, string id) => schema switch
    {
        { Choices: [var first, ..] } => first,
        { Types: ["boolean", ..] } => true,
        { Types: ["number", ..] or ["integer", ..] } => 1,
        { Types: ["array", ..] } => schema.Items is { } items ? new JsonArray(Of(items, id)) : [],
        { Types: ["object", ..] } => new JsonObject(schema.Properties.Select(one => KeyValuePair.Create(one.Name, Of(one.Schema, id)))),
        _ => id,
    };
}
