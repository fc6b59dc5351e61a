using System.Collections.Concurrent;
using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// A filter for objects that are also documents (as an API shows them), of any class: a condition holds where it holds of the document's value, or
/// of the property that the console knows under that name. Immutable, safe from any thread.
/// </summary>
public sealed class DocumentFilter
{
    private const string Type = "type";

    private readonly ConcurrentDictionary<XapiClass, DocumentTerm> _terms = new();
    private readonly ConcurrentDictionary<XapiClass, DocumentTerm> _ofType = new();
    private readonly Lazy<DocumentTerm> _ofNothing;
    private readonly FilterNode _root;
    private readonly FilterNode _typeOnly;

    internal DocumentFilter(string text, FilterNode root)
    {
        (Text, _root, _ofNothing) = (text, root, new(() => DocumentTerm.Compile(root)));
        _typeOnly = new FilterNode.All(
            [.. root is FilterNode.All all ? all.Terms.Where(t => t is FilterNode.Property { Name: Type }) : []], 0, text.Length);
    }

    public string Text { get; }

    /// <summary>The same for a document that stands for no object of a pool, such as a user.</summary>
    public bool Matches(JsonElement document) => _ofNothing.Value.Matches(null, null, document);

    public bool Matches(PoolPicture pool, XapiObject value, JsonElement document) =>
        _terms.GetOrAdd(value.Class, static (type, root) => DocumentTerm.Compile(root, type), _root).Matches(pool, value, document);

    /// <summary>False when already the object's type rules it out, so that its document need not be made.</summary>
    /// <param name="typed">A document that has the type and nothing else.</param>
    public bool MayMatch(PoolPicture pool, XapiObject value, JsonElement typed) =>
        _ofType.GetOrAdd(value.Class, static (type, root) => DocumentTerm.Compile(root, type), _typeOnly).Matches(pool, value, typed);
}
