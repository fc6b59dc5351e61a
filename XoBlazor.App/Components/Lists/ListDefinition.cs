using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>What a list shows: which objects, which columns, how it is ordered at first. One instance for all circuits.</summary>
public sealed class ListDefinition<T> where T : XapiObject
{
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

    public Column<T>? Column(string key) => Columns.FirstOrDefault(column => column.Key == key);

    /// <summary>Differs once anything changed that the list may show.</summary>
    public long Stamp(Live.Scene scene)
    {
        long stamp = 0;
        foreach (var type in Follows)
            stamp = Math.Max(stamp, scene.ContentVersion(type));
        return stamp;
    }
}
