using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects.Filtering;

/// <summary>Objects that are like an example (<see cref="JsonMatch"/>).</summary>
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

    public override bool Matches(PoolPicture pool, XapiObject value, JsonElement document) => JsonMatch.IsLike(document, _example);

    private string? Word(string name) => _example.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
