using XoBlazor.App.Api.OpenMetrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.App.Api.OpenMetrics;

/// <summary>How late a pool tells what happens.</summary>
public sealed class EventLagTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly EventLag _lag = new();

    [Fact]
    public void NewTask_TellsIt_WithThePoolsClockSetRight()
    {
        Tell(BatchOrigin.Events, TimeSpan.FromHours(1), new ObjectChange(null, Made(s_now.AddMinutes(57)), FieldSet.All), new ObjectChange(null, Made(s_now.AddMinutes(50)), FieldSet.All));

        Assert.Equal(TimeSpan.FromMinutes(3), _lag.Of("pool"));
        Assert.Null(_lag.Of("other"));
    }

    [Fact]
    public void Listing_AndWhatWasThereBefore_TellNothing()
    {
        Tell(BatchOrigin.Listing, TimeSpan.Zero, new ObjectChange(null, Made(s_now.AddDays(-1)), FieldSet.All));
        Tell(BatchOrigin.Events, TimeSpan.Zero, new ObjectChange(Made(s_now.AddDays(-1)), Made(s_now.AddDays(-1)), FieldSet.All));

        Assert.Null(_lag.Of("pool"));
    }

    [Fact]
    public void Pool_ThatIsForgotten_IsForgotten()
    {
        Tell(BatchOrigin.Events, TimeSpan.Zero, new ObjectChange(null, Made(s_now), FieldSet.All));
        Assert.Equal(TimeSpan.Zero, _lag.Of("pool"));

        Tell(BatchOrigin.Forgotten, TimeSpan.Zero);

        Assert.Null(_lag.Of("pool"));
    }

    private void Tell(BatchOrigin origin, TimeSpan offset, params ReadOnlySpan<ObjectChange> changes) => _lag.Observe(new("pool", 1, s_now, offset, origin, [.. changes]));

    private static XapiTask Made(DateTimeOffset created) => new() { Ref = "OpaqueRef:1", Uuid = "1", Created = created };
}
