using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>What a list shows: which objects, which columns, how it is ordered at first. One instance for all circuits.</summary>
public sealed class ListDefinition<T> where T : XapiObject
{
    private XapiClass[]? _others;

    /// <summary>The heading, and the word for its objects: <c>VMs</c>.</summary>
    public required string Title { get; init; }

    /// <summary>For one object: <c>VM</c>.</summary>
    public required string Noun { get; init; }

    public required string Icon { get; init; }

    public XapiClass Class { get; } = ((T)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(T))).Class;

    public required ImmutableArray<Column<T>> Columns { get; init; }

    public required ImmutableArray<Order> DefaultOrder { get; init; }

    /// <summary>Which objects of the class belong here at all.</summary>
    public Func<PoolPicture, T, bool> Belongs { get; init; } = static (_, _) => true;

    public ImmutableArray<Chip> Chips { get; init; } = [];

    /// <summary>The classes that cells read from besides <typeparamref name="T"/>: when none of them changed, neither did the list.</summary>
    public required ImmutableArray<XapiClass> Follows { get; init; }

    /// <summary>
    /// The objects beside the row's own that its cells read and that change often. While they, the object, and the other classes that the
    /// list follows stand still, a row is not read again: this is what makes hundreds of open lists cheap.
    /// </summary>
    public Func<PoolPicture, T, Related>? Related { get; init; }

    /// <summary>The classes among <see cref="Follows"/> that <see cref="Related"/> speaks for.</summary>
    public ImmutableArray<XapiClass> RelatedClasses { get; init; } = [];

    public Column<T>? Column(string key) => Columns.FirstOrDefault(column => column.Key == key);

    /// <summary>Differs once anything changed that the list may show.</summary>
    public long Stamp(Live.Scene scene)
    {
        long stamp = 0;
        foreach (var type in Follows)
            stamp = Math.Max(stamp, scene.ContentVersion(type));
        return stamp;
    }

    /// <summary>Differs once a row's cells may read differently although its own object is the same.</summary>
    internal (Related, long) Surroundings(PoolPicture pool, T value)
    {
        long stamp = 0;
        foreach (var type in _others ??= [.. Follows.Except(RelatedClasses).Where(type => type != Class)])
            stamp = Math.Max(stamp, pool.ContentVersion(type));
        return (Related?.Invoke(pool, value) ?? default, stamp);
    }
}
