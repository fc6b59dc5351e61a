using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.Sessions;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.Rest;

/// <summary>One request on its way: who asks, what they sent, which fits the route's declaration, and the answer. For one handler.</summary>
internal sealed class RestCall(HttpContext http, RestRoute route, ApiSession? session, ApiCalls calls) : IApiCaller
{
    public const string FaceName = "rest";

    public HttpContext Http => http;

    public RestRoute Route => route;

    public string Face => FaceName;

    public ApiSession? Session => session;

    /// <summary>Whoever is signed in. Fails with <see cref="ApiException"/> for nobody, whom only open routes let in.</summary>
    public ApiSession Self => session ?? throw ApiException.InvalidCredentials();

    public IPAddress? Address => http.Connection.RemoteIpAddress;

    public string? Program => http.Request.Headers.UserAgent.ToString();

    public IReadOnlyDictionary<string, JsonElement> Query { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyDictionary<string, JsonElement> Body { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What the requester sees at this moment.</summary>
    public StoreSnapshot Objects => Self.View.Current;

    /// <summary>The operation that was begun last for this request.</summary>
    public OperationRun? LastRun { get; private set; }

    public void Begun(OperationRun run) => LastRun = run;

    /// <summary>Only the headers of the answer are wanted.</summary>
    public bool IsHead => HttpMethods.IsHead(http.Request.Method);

    private bool IsRead => IsHead || HttpMethods.IsGet(http.Request.Method);

    /// <summary>A part of the address.</summary>
    public string Part(string name) => (string)http.Request.RouteValues[name]!;

    public string Id => Part("id");

    public bool Flag(string name) => Query.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.True;

    public string? Text(string name) => Query.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member of the body on its own; null when it was not sent, or is null.</summary>
    public JsonNode? Sent(string name) => Body.TryGetValue(name, out var value) ? ApiCall.Node(value) : null;

    /// <summary>The object of this id in a collection. Fails with <see cref="ApiException"/> when there is none that shows.</summary>
    public Located<XapiObject> Find(RestCollection collection, string id) =>
        XoIds.Find(Objects, id) is { } found && XoTypes.Of(found.Pool, found.Object) == collection.Type ? found : throw ApiException.NoSuchObject(id, collection.Type);

    /// <summary>
    /// The object of the address. Fails with <see cref="ApiException"/> when there is none that shows, and with <see cref="RestChangedException"/> when it is to be
    /// changed and is not as the client knows it.
    /// </summary>
    public Located<XapiObject> Find(RestCollection collection)
    {
        var found = Find(collection, Id);
        if (IsRead || http.Request.GetTypedHeaders().IfMatch is not { Count: > 0 } known || known.Contains(EntityTagHeaderValue.Any))
            return found;
        using var document = new XoDocument();
        document.Write(found.Pool, found.Object);
        var own = new EntityTagHeaderValue($"\"{document.Tag()}\"");
        return known.Any(one => one.Compare(own, useStrongComparison: true)) ? found : throw new RestChangedException();
    }

    /// <summary>Calls a method of the API. Fails with <see cref="ApiException"/> when it does.</summary>
    public Task<JsonElement> RunAsync(string method, JsonObject parameters) => RunAsync(this, method, parameters, http.RequestAborted);

    /// <summary>The same for another caller, who may stay longer than the request.</summary>
    public async Task<JsonElement> RunAsync(IApiCaller caller, string method, JsonObject parameters, CancellationToken closed)
    {
        var (result, error) = await calls.RunAsync(caller, method, JsonSerializer.SerializeToElement(parameters), closed);
        return error is null ? result.ToElement() : throw error;
    }

    public Task NothingAsync()
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>201 with the id of what was made, and its address.</summary>
    public Task MadeAsync(string id, string collection)
    {
        http.Response.Headers.Location = $"{RestEndpoints.Root}/{collection}/{id}";
        return JsonAsync(new JsonObject { ["id"] = id }, StatusCodes.Status201Created);
    }

    public async Task JsonAsync(JsonNode value, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, XoShape.Options);
        value.WriteTo(writer);
    }

    /// <summary>A document with its entity tag; 304 when the client has this one.</summary>
    public async Task DocumentAsync(ReadOnlyMemory<byte> document, string tag)
    {
        var own = new EntityTagHeaderValue($"\"{tag}\"");
        http.Response.Headers.ETag = own.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(own, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = document.Length;
        await http.Response.Body.WriteAsync(document, http.RequestAborted);
    }
}
