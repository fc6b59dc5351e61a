using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>The values given for an operation's parameters, checked against their declaration by <see cref="ArgumentCheck"/>. Immutable.</summary>
public sealed class OperationArguments
{
    private readonly IReadOnlyDictionary<string, object?> _values;

    internal OperationArguments(IReadOnlyDictionary<string, object?> values) => _values = values;

    public static OperationArguments None { get; } = new(new Dictionary<string, object?>());

    /// <summary>A value was given, maybe null, or there is a default.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Null where nothing, or null, was given; never for a parameter that must be given. So do the others.</summary>
    public string? Text(string name) => Find<string>(name);

    public bool? Flag(string name) => _values.GetValueOrDefault(name) as bool?;

    /// <summary>A number, or a size in bytes.</summary>
    public long? Number(string name) => _values.GetValueOrDefault(name) as long?;

    public T? Object<T>(string name) where T : XapiObject => Find<T>(name);

    /// <summary>An object that may be of any pool, with that pool as it was when the operation began.</summary>
    public Located<XapiObject>? Anywhere(string name) => _values.GetValueOrDefault(name) as Located<XapiObject>?;

    public OperationArguments? Record(string name) => Find<OperationArguments>(name);

    /// <summary>Empty where nothing was given.</summary>
    public IReadOnlyList<T> List<T>(string name) => Find<object?[]>(name) is { } items ? [.. items.Cast<T>()] : [];

    /// <summary>Empty where nothing was given.</summary>
    public IReadOnlyDictionary<string, T> Map<T>(string name) =>
        Find<Dictionary<string, object?>>(name)?.ToDictionary(one => one.Key, one => (T)one.Value!) ?? [];

    /// <summary>As JSON, with defaults; an object by its uuid, of any pool with the pool before it.</summary>
    internal JsonObject ToJson() => new(_values.Select(one => KeyValuePair.Create(one.Key, Json(one.Value))));

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        long number => number,
        XapiObject named => named.Uuid,
        Located<XapiObject> located => $"{located.Pool.Uuid}/{located.Object.Uuid}",
        OperationArguments record => record.ToJson(),
        object?[] items => new JsonArray([.. items.Select(Json)]),
        Dictionary<string, object?> map => new JsonObject(map.Select(one => KeyValuePair.Create(one.Key, Json(one.Value)))),
        _ => throw new InvalidOperationException($"a value of the type {value.GetType()} has no JSON"),
    };

    private T? Find<T>(string name) where T : class => _values.GetValueOrDefault(name) as T;
}
