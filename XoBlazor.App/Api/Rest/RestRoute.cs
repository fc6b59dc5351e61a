using System.Collections.Immutable;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.Rest;

/// <summary>Does a route's work and writes the answer. Fails with <see cref="ApiException"/> or <see cref="RestInvalidException"/> as long as nothing is written.</summary>
internal delegate Task RestHandler(RestCall call);

/// <summary>
/// One HTTP method of one address of the REST API, declared once: routing, checking and the OpenAPI document take it from here. Whoever calls has to be signed in
/// unless <see cref="IsOpen"/>; what they may do is judged where it is done. Immutable.
/// </summary>
/// <param name="Verb">GET, POST, …</param>
/// <param name="Path">Below <see cref="RestEndpoints.Root"/>, such as <c>/vms/{id}/actions/start</c>.</param>
/// <param name="Summary">What it does, in a sentence.</param>
internal sealed record RestRoute(string Verb, string Path, string Summary, RestHandler Handler)
{
    /// <summary>Anybody may ask, signed in or not.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What may stand behind the question mark; unknown names are passed over.</summary>
    public ImmutableArray<ApiParameter> Query { get; init; } = [];

    /// <summary>The members of the JSON object that is sent; null when nothing is.</summary>
    public ImmutableArray<ApiParameter>? Body { get; init; }

    /// <summary>The body is bytes of any length, which the handler reads.</summary>
    public bool TakesBytes { get; init; }

    /// <summary>Members of the body that are not declared are refused; passed over otherwise, as XO does: its SDK sends the id with every action.</summary>
    public bool IsStrict { get; init; }

    /// <summary>How it answers when it works.</summary>
    public ImmutableArray<RestOutcome> Outcomes { get; init; } = [RestOutcome.Document];

    /// <summary>Verb and path: what the log calls it.</summary>
    public string Name => $"{Verb} {Path}";

    /// <summary>The first part of the path.</summary>
    public string Area => Path.Split('/')[1];
}

/// <summary>The forms of an answer.</summary>
internal enum RestOutcome
{
    /// <summary>200 with a JSON object.</summary>
    Document,

    /// <summary>200 with addresses, objects, lines or a table.</summary>
    List,

    /// <summary>201 with the id of what was made.</summary>
    Made,

    /// <summary>204.</summary>
    Nothing,

    /// <summary>202 with the id of the task.</summary>
    Task,

    /// <summary>304: the client has it already.</summary>
    NotModified,

    /// <summary>200 with bytes; a connection that is cut before their end means that they are not whole.</summary>
    Bytes,

    /// <summary>200 with server-sent events.</summary>
    Events,

    /// <summary>200 with a page for people.</summary>
    Page,

    /// <summary>302.</summary>
    Redirect,
}
