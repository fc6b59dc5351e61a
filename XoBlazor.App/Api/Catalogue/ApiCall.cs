using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Sessions;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>One call on its way: who asks, what they see, and the parameters, which fit the method's declaration. Used by one handler; gone when it has answered.</summary>
internal sealed class ApiCall
{
    private static readonly FrozenDictionary<string, JsonElement> s_nothing = FrozenDictionary<string, JsonElement>.Empty;

    private readonly IReadOnlyDictionary<string, JsonElement> _given;

    private ApiCall(ApiMethod method, ApiCatalogue catalogue, IApiCaller caller, IReadOnlyDictionary<string, JsonElement> given, CancellationToken closed) =>
        (Method, Catalogue, Caller, _given, Closed) = (method, catalogue, caller, given, closed);

    public ApiMethod Method { get; }

    public ApiCatalogue Catalogue { get; }

    public IApiCaller Caller { get; }

    /// <summary>The connection it came on. Fails with <see cref="ApiException"/> where each call stands for itself.</summary>
    public IApiConnection Connection => Caller as IApiConnection ?? throw ApiException.NotImplemented($"{Method.Name} needs a connection that stays: call it on the socket.");

    /// <summary>The caller is gone. For what may be given up at any moment; work that changes something outlives its caller.</summary>
    public CancellationToken Closed { get; }

    /// <summary>Who is signed in; null for nobody.</summary>
    public ApiSession? Session { get; private init; }

    /// <summary>Who asks. Fails with <see cref="ApiException"/> for nobody.</summary>
    public Requester Requester => Session?.Requester ?? throw ApiException.Unauthorized();

    /// <summary>What the requester sees at this moment.</summary>
    public StoreSnapshot Objects => (Session ?? throw ApiException.Unauthorized()).View.Current;

    /// <summary>
    /// The object whose id a parameter gives, in what the requester sees. Fails with <see cref="ApiException"/> when there is none of these types.
    /// </summary>
    /// <param name="types">Xen Orchestra's; any when none is named.</param>
    public Located<XapiObject> Find(string parameter, params ReadOnlySpan<string> types) => FindById(Text(parameter), types);

    /// <inheritdoc cref="Find"/>
    public Located<XapiObject> FindById(string id, params ReadOnlySpan<string> types) =>
        XoIds.Find(Objects, id) is { } found && (types.IsEmpty || types.Contains(XoTypes.Of(found.Pool, found.Object)!)) ? found : throw ApiException.NoSuchObject(id, types);

    /// <summary>
    /// Prepares a call: is the caller let in, do the parameters fit. Fails with <see cref="ApiException"/> when not.
    /// </summary>
    /// <param name="parameters">An object, an array or nothing.</param>
    public static ApiCall Prepare(ApiMethod method, ApiCatalogue catalogue, AccessEngine access, IApiCaller caller, JsonElement? parameters, CancellationToken closed)
    {
        var session = caller.Session;
        if (!method.Permission.IsOpen)
        {
            if (session is null)
                throw ApiException.Unauthorized(method.Permission.Wire);
            if (method.Permission.Right is { } right && access.Refusal(session.Requester.Actor, right, null) is { } refusal)
                throw ApiException.Unauthorized(method.Permission.Wire, reason: refusal);
        }

        var given = Read(method, parameters);
        if (method.Parameters is { } declared && ApiSchemaCheck.Errors(declared, given) is { } errors)
            throw ApiException.InvalidParameters(errors);
        if (method.Parameters?.FirstOrDefault(one => one.NotThere is not null && given.TryGetValue(one.Name, out var value) && Asks(value)) is { } missing)
            throw ApiException.NotImplemented($"{method.Name}: '{missing.Name}' is not there yet: {missing.NotThere}");
        return new(method, catalogue, caller, given, closed) { Session = session };
    }

    /// <summary>The same call with parameters from elsewhere, unchecked: for who wants to know which of them are looked at.</summary>
    internal ApiCall With(IReadOnlyDictionary<string, JsonElement> given) => new(Method, Catalogue, Caller, given, Closed) { Session = Session };

    /// <summary>The value of a parameter, or its default; null when there is neither, or it is null.</summary>
    public JsonElement? Value(string name) =>
        _given.TryGetValue(name, out var value) ? value.ValueKind == JsonValueKind.Null ? null : value
        : Declared(name)?.Schema.Default is { } fallback ? JsonSerializer.SerializeToElement(fallback) : null;

    /// <summary>What was sent, as the operations take it; null for one that was sent as null.</summary>
    public JsonObject Given(params ReadOnlySpan<string> without)
    {
        var given = new JsonObject();
        foreach (var name in _given.Keys)
            if (!without.Contains(name) && Declared(name) is not ({ PassedOver: not null } or { NotThere: not null }))
                given[name] = Node(_given[name]);
        return given;
    }

    // What is empty, off or nothing asks for nothing.
    private static bool Asks(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    /// <summary>A value on its own: it outlives the message it came in.</summary>
    public static JsonNode? Node(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(value.GetRawText());

    /// <summary>The parameter was sent, even as null.</summary>
    public bool Has(string name) => _given.ContainsKey(name);

    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    /// <summary>Null when it was not given, was null, or is no text (where nothing was declared).</summary>
    public string? TextOrNull(string name) => Value(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>False when it was not given.</summary>
    public bool Flag(string name) => Value(name) is { ValueKind: JsonValueKind.True };

    public bool? FlagOrNull(string name) => Value(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : null;

    public double? Number(string name) => Value(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    /// <summary>The texts of an array; empty when it was not given.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        Value(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)] : [];

    private static IReadOnlyDictionary<string, JsonElement> Read(ApiMethod method, JsonElement? parameters)
    {
        switch (parameters)
        {
            case null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }:
                return s_nothing;
            // Parameters by position are named by it, as Xen Orchestra does: only methods that take none will like them.
            case { ValueKind: JsonValueKind.Array } list:
                return list.EnumerateArray().Select((value, at) => (value, at)).ToDictionary(one => one.at.ToString(System.Globalization.CultureInfo.InvariantCulture), one => one.value);
            case { ValueKind: JsonValueKind.Object } named:
                var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var one in named.EnumerateObject())
                    if (NameOf(method, one.Name) is { } name)
                        given[name] = one.Value;
                return given;
            default:
                throw ApiException.InvalidRequest("params has to be an object");
        }
    }

    // "name?" is for servers that may not know the name; "vm" is another word for the id of vm.start.
    private static string? NameOf(ApiMethod method, string sent)
    {
        if (method.Parameters is not { } declared)
            return sent;
        var name = sent;
        if (name.EndsWith('?') && !declared.Any(one => one.Name == sent))
        {
            name = name[..^1];
            if (!declared.Any(one => one.Name == name || one.Name == ApiParameter.Others))
                return null;
        }
        return name == method.Namespace && declared.Any(one => one.Name == "id") && !declared.Any(one => one.Name == name) ? "id" : name;
    }

    private ApiParameter? Declared(string name) => Method.Parameters?.FirstOrDefault(one => one.Name == name);

    private static ApiException Missing(string name) => ApiException.InvalidParameter(name, $"must have required property '{name}'");
}
