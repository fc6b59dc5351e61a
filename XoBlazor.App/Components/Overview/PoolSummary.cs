using System.Runtime.CompilerServices;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Overview;

/// <summary>What the overview says about a pool. Counted once for each picture and shared by all circuits.</summary>
public sealed record PoolSummary(PoolCapacity Capacity, IReadOnlyList<Attention> Attention, int UrgentAlerts)
{
    private static readonly ConditionalWeakTable<PoolPicture, PoolSummary> s_known = [];

    public static PoolSummary Of(PoolPicture picture) => s_known.GetValue(picture, static p =>
        new(PoolCapacity.Of(p), XoBlazor.Core.Store.Facts.Attention.In(p), p.All<XapiMessage>().Count(m => Alert.Of(p, m).IsUrgent)));
}
