using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.App.Api.XoObjects.Filtering;

/// <summary>
/// Which objects a client asks for: all; those that are like an example (<c>{"type": "VM"}</c>, <see cref="LikeFilter"/>); or those that a text in the
/// filter language finds. Immutable, safe from any thread.
/// </summary>
internal abstract class XoFilter
{
    private static readonly FrozenDictionary<string, JsonElement> s_typed =
        XoTypes.All.ToFrozenDictionary(t => t, t => JsonSerializer.SerializeToElement(new { type = t }), StringComparer.Ordinal);

    public static XoFilter Everything { get; } = new All();

    /// <summary>All objects of a type.</summary>
    public static XoFilter OfType(string type) => new LikeFilter(s_typed[type]);

    /// <summary>What both ask for.</summary>
    public static XoFilter Both(XoFilter one, XoFilter other) => other == Everything ? one : one == Everything ? other : new And(one, other);

    /// <summary>The same as text, so that two who ask for the same can be told the same.</summary>
    public abstract string Text { get; }

    /// <summary>False when every object matches whose record <see cref="MayMatch"/>.</summary>
    public virtual bool NeedsDocument => true;

    /// <summary>The only object that can match; null when that is not known.</summary>
    public virtual string? Id => null;

    /// <summary>The classes of which objects can match.</summary>
    public virtual ImmutableArray<XapiClass> Classes => XoTypes.Classes;

    /// <summary>Reads what a client sent: nothing, an object or a text.</summary>
    /// <param name="error">One sentence that says what is wrong and where.</param>
    public static bool TryParse(JsonElement filter, [NotNullWhen(true)] out XoFilter? parsed, [NotNullWhen(false)] out string? error)
    {
        (parsed, error) = (null, null);
        if (!ForeignJson.IsReadable(filter))
        {
            error = "The filter has half a character in it, which is no text.";
            return false;
        }

        switch (filter.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                parsed = Everything;
                return true;
            case JsonValueKind.Object:
                parsed = new LikeFilter(filter.Clone());
                return true;
            case JsonValueKind.String:
                return TryParse(filter.GetString()!, out parsed, out error);
            default:
                error = "A filter is an object such as {\"type\": \"VM\"} or a text such as \"type:VM tags:prod\".";
                return false;
        }
    }

    /// <summary>Reads a text in the filter language; an empty one asks for everything.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out XoFilter? parsed, [NotNullWhen(false)] out string? error)
    {
        (parsed, error) = (null, null);
        if (!FilterExpression.TryParse(text, out var expression, out var mistake))
        {
            error = $"The filter is not understood at character {mistake.Position + 1}: {mistake.Message}";
            return false;
        }

        parsed = string.IsNullOrWhiteSpace(text) ? Everything : new Language(expression.ForDocuments());
        return true;
    }

    /// <summary>Looks at the record only, and says no when it is sure of it.</summary>
    public virtual bool MayMatch(PoolPicture pool, XapiObject value) => true;

    public virtual bool Matches(PoolPicture pool, XapiObject value, JsonElement document) => true;

    private sealed class All : XoFilter
    {
        public override string Text => "";

        public override bool NeedsDocument => false;
    }

    private sealed class And(XoFilter one, XoFilter other) : XoFilter
    {
        public override string Text => $"({one.Text}) ({other.Text})";

        public override bool NeedsDocument => one.NeedsDocument || other.NeedsDocument;

        public override string? Id => one.Id ?? other.Id;

        public override ImmutableArray<XapiClass> Classes { get; } = [.. one.Classes.Intersect(other.Classes)];

        public override bool MayMatch(PoolPicture pool, XapiObject value) => one.MayMatch(pool, value) && other.MayMatch(pool, value);

        public override bool Matches(PoolPicture pool, XapiObject value, JsonElement document) => one.Matches(pool, value, document) && other.Matches(pool, value, document);
    }

    private sealed class Language(DocumentFilter filter) : XoFilter
    {
        public override string Text => filter.Text;

        public override bool MayMatch(PoolPicture pool, XapiObject value) => filter.MayMatch(pool, value, s_typed[XoTypes.Of(pool, value)!]);

        public override bool Matches(PoolPicture pool, XapiObject value, JsonElement document) => filter.Matches(pool, value, document);
    }
}
