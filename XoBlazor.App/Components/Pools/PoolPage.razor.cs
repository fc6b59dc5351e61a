using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Details;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Pools;

/// <summary>One pool.</summary>
public sealed partial class PoolPage
{
    private PoolCapacity _capacity = new();

    [Inject]
    private RollingRuns Runs { get; set; } = default!;

    private RollingRun? Rolling => !IsPast && Picture.Pool is { } pool && View.May(RollingRights.Rehearse, Picture, pool) ? Runs.UnderWay(PoolUuid) : null;

    public override string Uuid { get => PoolUuid; set => throw new NotSupportedException(); }

    public override string Kind => "pool";

    public override string ListUrl => "/pools";

    protected override IEnumerable<DetailTab> OwnTabs =>
        [new("hosts", "Hosts", Picture.CountOf(XapiClass.Host)), new("storage", "Storage", Picture.CountOf(XapiClass.Sr)), .. (DetailTab[])(IsPast || IsGone ? [] : [DetailTab.Updates]), DetailTab.Statistics];

    // The address names the pool, and the picture is the pool's: the object in it is the one.
    protected override XapiObject? Find(PoolPicture picture) => picture.Pool;

    protected override IEnumerable<XapiObject?> Related()
    {
        _capacity = PoolCapacity.Of(Picture);
        List<XapiObject?> all = [Picture.Get(Object.DefaultSr), .. Picture.All<Host>(), .. Picture.All<HostMetrics>(), .. Picture.All<Sr>(), .. Picture.All<Pbd>()];
        // Only what is counted of VMs shows, but a VM that starts changes it.
        all.AddRange(Picture.All<Vm>());
        return all;
    }
}
