using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects.Filtering;

/// <summary>
/// Objects that are like an example, as lodash's <c>matches</c> has it: they have at least all that the example has, at any depth; a list has at
/// least the example's items, in any order; an absent property is not equal to null.
/// </summary>
internal sealed class LikeFilter : XoFilter
{
    private readonly JsonElement _example;
    private readonly string? _type;
    private readonly string? _pool;

    public LikeFilter(JsonElement example)
    {
        _example = example;
        Text = example.GetRawText();
        _type = Word("type");
        _pool = Word("$pool") ?? Word("$poolId");
        Id = Word("id");
        Classes = _type is null ? XoTypes.Classes : XoTypes.ClassesOf(_type);
        NeedsDocument = example.EnumerateObject().Any(p => p.Name is not ("type" or "id" or "$pool" or "$poolId") || p.Value.ValueKind != JsonValueKind.String);
    }

    public override string Text { get; }

    public override string? Id { get; }

    public override ImmutableArray<XapiClass> Classes { get; }

    public override bool NeedsDocument { get; }

    public override bool MayMatch(PoolPicture pool, XapiObject value) =>
        (_type is null || XoTypes.Of(pool, value) == _type) && (_pool is null || pool.Uuid == _pool) && (Id is null || XoIds.Of(pool, value) == Id);

    public override bool Matches(PoolPicture pool, XapiObject value, JsonElement document) => IsLike(document, _example);

    private static bool IsLike(JsonElement value, JsonElement example)
    {
        switch (example.ValueKind)
        {
            case JsonValueKind.Object:
                if (value.ValueKind != JsonValueKind.Object)
                    return false;
                foreach (var part in example.EnumerateObject())
                    if (!value.TryGetProperty(part.Name, out var there) || !IsLike(there, part.Value))
                        return false;
                return true;
            case JsonValueKind.Array:
                if (value.ValueKind != JsonValueKind.Array)
                    return false;
                foreach (var item in example.EnumerateArray())
                    if (!value.EnumerateArray().Any(there => IsLike(there, item)))
                        return false;
                return true;
            case JsonValueKind.Number:
                return value.ValueKind == JsonValueKind.Number && value.GetDouble().Equals(example.GetDouble());
            case JsonValueKind.String:
                return value.ValueKind == JsonValueKind.String && value.ValueEquals(example.GetString());
            default:
                return value.ValueKind == example.ValueKind;
        }
    }

    private string? Word(string name) => _example.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
