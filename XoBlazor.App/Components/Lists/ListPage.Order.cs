using System.Collections.Immutable;

namespace XoBlazor.App.Components.Lists;

/// <summary>Ordering by columns.</summary>
public sealed partial class ListPage<T>
{
    private ImmutableArray<Order> CurrentOrder => _query.Order.IsEmpty ? List.DefaultOrder : _query.Order;

    private Order? OrderOf(Column<T> column)
    {
        foreach (var order in CurrentOrder)
            if (order.Column == column.Key)
                return order;
        return null;
    }

    private string AriaSort(Column<T> column) => OrderOf(column) switch
    {
        null => "none",
        { Descending: true } => "descending",
        _ => "ascending",
    };

    /// <summary>By one column; chosen again, the other way round.</summary>
    private void OrderBy(string? key)
    {
        if (key is not null && List.Column(key) is { } column)
            Sort(column, after: false);
    }

    private void Sort(Column<T> column, bool after)
    {
        var order = new Order(column.Key, OrderOf(column) is { Descending: false });
        var orders = after
            ? OrderOf(column) is { } there ? CurrentOrder.Replace(there, order) : CurrentOrder.Add(order)
            : [order];
        Choose(_query with { Order = orders.SequenceEqual(List.DefaultOrder) ? [] : orders });
    }
}
