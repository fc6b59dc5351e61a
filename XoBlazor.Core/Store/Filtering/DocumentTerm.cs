using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>A part of a <see cref="DocumentFilter"/> for one class: a question to a value of a document and to the object it stands for.</summary>
internal abstract class DocumentTerm
{
    /// <param name="pool">Null, and no object, where the terms were compiled for none.</param>
    /// <param name="there">The value asked about; undefined where the document does not have it.</param>
    public abstract bool Matches(PoolPicture? pool, XapiObject? value, JsonElement there);

    public static DocumentTerm Compile(FilterNode node, XapiClass type) => Compile(node, FilterProperties.Of(type), null, isTop: true);

    /// <summary>For documents that stand for no object of a pool.</summary>
    public static DocumentTerm Compile(FilterNode node) => Compile(node, null, null, isTop: true);

    /// <param name="on">The console's property whose values are tested; null where it has none of that name, or at the top.</param>
    private static DocumentTerm Compile(FilterNode node, FilterProperties? properties, FilterProperty? on, bool isTop)
    {
        return node switch
        {
            FilterNode.All all => new All([.. all.Terms.Select(t => Compile(t, properties, on, isTop))]),
            FilterNode.Any any => new Any([.. any.Terms.Select(t => Compile(t, properties, on, isTop))]),
            FilterNode.Not not => new Not(Compile(not.Term, properties, on, isTop)),
            FilterNode.Property property => new Within(property.Name, Compile(property.Term, properties, Find(property.Name), isTop: false)),
            FilterNode.Present present => new Within(present.Name, new Holds(Find(present.Name), ValueTest.Something.Test)),
            FilterNode.Value value => isTop ? new Holds(properties?.Searched, value.Test) : new Holds(on, on?.IsExact == true ? value.Test.Exact : value.Test),
            _ => throw new InvalidOperationException($"{node.GetType().Name} is no part of a filter"),
        };

        FilterProperty? Find(string name) => isTop ? properties?.Find(name) : on?.Sub(name);
    }

    private sealed class All(DocumentTerm[] terms) : DocumentTerm
    {
        public override bool Matches(PoolPicture? pool, XapiObject? value, JsonElement there) => Array.TrueForAll(terms, t => t.Matches(pool, value, there));
    }

    private sealed class Any(DocumentTerm[] terms) : DocumentTerm
    {
        public override bool Matches(PoolPicture? pool, XapiObject? value, JsonElement there) => Array.Exists(terms, t => t.Matches(pool, value, there));
    }

    private sealed class Not(DocumentTerm term) : DocumentTerm
    {
        public override bool Matches(PoolPicture? pool, XapiObject? value, JsonElement there) => !term.Matches(pool, value, there);
    }

    private sealed class Within(string name, DocumentTerm term) : DocumentTerm
    {
        public override bool Matches(PoolPicture? pool, XapiObject? value, JsonElement there) =>
            term.Matches(pool, value, there.ValueKind == JsonValueKind.Object && there.TryGetProperty(name, out var part) ? part : default);
    }

    private sealed class Holds(FilterProperty? property, ValueTest test) : DocumentTerm
    {
        public override bool Matches(PoolPicture? pool, XapiObject? value, JsonElement there) => Test(there) || (property is not null && property.Any(pool!, value!, test));

        private bool Test(JsonElement there) => there.ValueKind switch
        {
            JsonValueKind.Number => test.Number(there.GetDouble()),
            JsonValueKind.True or JsonValueKind.False => test.Truth(there.ValueKind == JsonValueKind.True),
            JsonValueKind.String => Text(there) is var text && (test.Text(text) || (Quantity.TryParsePlain(text, out var number) && test.Number(number))),
            JsonValueKind.Object or JsonValueKind.Array => Texts(there),
            _ => false,
        };

        /// <summary>Words are looked for in all of a structure; numbers and truths are compared where they stand.</summary>
        private bool Texts(JsonElement there)
        {
            switch (there.ValueKind)
            {
                case JsonValueKind.String:
                    return test.Text(Text(there));
                case JsonValueKind.Array:
                    foreach (var item in there.EnumerateArray())
                        if (Texts(item))
                            return true;
                    return false;
                case JsonValueKind.Object:
                    foreach (var part in there.EnumerateObject())
                        if (Texts(part.Value))
                            return true;
                    return false;
                default:
                    return false;
            }
        }

        private static string Text(JsonElement there) => there.GetString() ?? "";
    }
}
