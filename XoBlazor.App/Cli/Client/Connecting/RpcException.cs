using System.Text.Json.Nodes;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>The server answered a call with an error.</summary>
internal sealed class RpcException(int code, string message, JsonNode? data) : Exception(message)
{
    /// <summary>Of <see cref="Api.Catalogue.ApiErrorCode"/>.</summary>
    public int Code => code;

    public JsonNode? About => data;
}
