using XoBlazor.Core.Pools;

namespace XoBlazor.App.Hosting;

/// <summary>
/// Tells how many pools are in which state. Ready as soon as the pools are known: a pool that is out of reach is shown as such, and
/// is no reason to take the server out of service.
/// </summary>
internal sealed class PoolsReadiness(PoolFleet fleet) : IReadinessCheck
{
    public string Name => "pools";

    public Task<ReadinessState> LookAsync(CancellationToken token)
    {
        var states = fleet.States.GroupBy(state => state.Status).OrderBy(group => group.Key).Select(group => $"{Words(group.Key)} {group.Count()}").ToList();
        var isLoaded = fleet.Loaded.IsCompletedSuccessfully;
        return Task.FromResult(new ReadinessState(isLoaded, !isLoaded ? "not read yet" : states.Count == 0 ? "none" : string.Join(", ", states)));
    }

    private static string Words(PoolStatus status) => status switch
    {
        PoolStatus.Disabled => "disabled",
        PoolStatus.Connecting => "connecting",
        PoolStatus.Reading => "reading",
        PoolStatus.Connected => "connected",
        PoolStatus.Unreachable => "unreachable",
        PoolStatus.NeedsAttention => "need attention",
    };
}
