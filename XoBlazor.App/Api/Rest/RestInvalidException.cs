using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Rest;

/// <summary>What was sent does not fit the route's declaration.</summary>
/// <param name="fields">What is wrong, by name: <c>limit</c>, <c>body.name_label</c>.</param>
internal sealed class RestInvalidException(JsonObject fields) : Exception("What was sent does not fit.")
{
    public JsonObject Fields => fields;
}
