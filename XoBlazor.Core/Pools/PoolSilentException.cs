namespace XoBlazor.Core.Pools;

/// <summary>Nobody in the pool answered in time.</summary>
internal sealed class PoolSilentException(string address, TimeSpan patience)
    : Exception($"{address} did not answer within {patience.TotalSeconds:0.#} s. The host may be hung, or the network may drop packets.");
