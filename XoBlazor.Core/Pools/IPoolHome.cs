using System.Collections.Immutable;

namespace XoBlazor.Core.Pools;

/// <summary>What a pool's link tells its fleet and asks of it. (The fleet implements it; tests of a link alone do too.)</summary>
internal interface IPoolHome
{
    PoolSettings Settings { get; }

    void Show(PoolState state);

    /// <summary>Notes that the entry is this pool; fails with <see cref="PoolProblemException"/> when another entry already is.</summary>
    Task ClaimAsync(string poolUuid, CancellationToken cancellationToken);

    /// <summary>Keeps the members for the next start. Does not wait and does not fail: what could not be kept is learnt again.</summary>
    void Learnt(ImmutableArray<KnownMember> members);
}
