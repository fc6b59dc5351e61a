using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Live;

/// <summary>
/// The present as all those see it who see the same: the snapshot together with how fresh each pool is. One for all their circuits
/// (<see cref="SharedPictures"/>). The objects are those of the moment; the pools' standing, which is asked far more often than it changes, is
/// looked at a few times a second.
/// </summary>
public sealed class StorePictures : IPictureSource
{
    private static readonly TimeSpan s_standingHolds = TimeSpan.FromMilliseconds(200);
    private static long s_versions;

    private readonly Lock _gate = new();
    private readonly LastEvent _last;
    private readonly TimeProvider _time;
    private readonly PoolFleet? _fleet;
    private Present _present = new(Scene.Empty, 0, [], long.MinValue);

    internal StorePictures(Sight sight, LastEvent last, RecentChanges everything, TimeProvider time, PoolFleet? fleet)
    {
        (Sight, _last, _time, _fleet) = (sight, last, time, fleet);
        Recent = sight.IsWhole ? everything : new();
        sight.Told += Recent.Observe;
    }

    public Scene Current
    {
        get
        {
            var present = Volatile.Read(ref _present);
            return present.StoreVersion == Sight.Current.Version && HoldsStill(present) ? present.Scene : LookAgain();
        }
    }

    internal Sight Sight { get; }

    /// <summary>What changed of what is seen.</summary>
    internal RecentChanges Recent { get; }

    private bool HoldsStill(Present present) => _fleet is null || (present.LookedAt != long.MinValue && _time.GetElapsedTime(present.LookedAt) < s_standingHolds);

    private Scene LookAgain()
    {
        lock (_gate)
        {
            var before = _present;
            var snapshot = Sight.Current;
            var states = _fleet is null ? [] : _fleet.States;
            var isSame = before.StoreVersion == snapshot.Version && states.AsSpan().SequenceEqual(before.States.AsSpan(), ReferenceEqualityComparer.Instance);
            var scene = isSame && before.LookedAt != long.MinValue ? before.Scene
                // No two scenes have the same version, whoever sees them: a circuit may go on with another's.
                : new Scene(Interlocked.Increment(ref s_versions), [.. Pools(snapshot, states)], LastEvent: Sight.IsWhole ? _last.Moment : Sight.LastChange)
                {
                    Viewers = Sight,
                };
            Volatile.Write(ref _present, new(scene, snapshot.Version, states, _time.GetTimestamp()));
            return scene;
        }
    }

    private IEnumerable<ScenePool> Pools(StoreSnapshot snapshot, ImmutableArray<PoolState> states)
    {
        foreach (var state in states)
        {
            var picture = state.PoolUuid is { } uuid ? snapshot.Pool(uuid) : null;
            if (Sight.SeesEveryPool || picture?.Pool is not null || (state.PoolUuid is { } known && Sight.SeesPool(known)))
                yield return new(state.PoolUuid ?? state.Id.ToString(), ForeignText.Shown(state.Name), picture,
                    state.IsLive, state.PictureAsOf ?? state.LastAnswer, Problem(state), state.NextTry);
            // Something in the pool shows, but not the pool: how old that is may be known, and neither a name nor an address.
            else if (picture is not null)
                yield return new(picture.Uuid, Name(picture), picture, state.IsLive, state.PictureAsOf ?? state.LastAnswer, state.IsLive ? null : "It is out of reach.");
        }

        foreach (var picture in snapshot.Pools)
            if (!states.Any(s => s.PoolUuid == picture.Uuid))
                yield return new(picture.Uuid, Name(picture), picture, IsConnected: true, LastAnswer: null);
    }

    private static string Name(PoolPicture picture) => picture.Pool is null ? $"Pool {picture.Uuid[..Math.Min(8, picture.Uuid.Length)]}" : picture.Name();

    private static string? Problem(PoolState state) => state.Problem ?? state.Status switch
    {
        PoolStatus.Connected => null,
        PoolStatus.Disabled => "It is switched off in Settings → Pools.",
        PoolStatus.Connecting => "Connecting to it.",
        PoolStatus.Reading => "Reading its objects.",
        PoolStatus.Unreachable or PoolStatus.NeedsAttention => "It is out of reach.",
    };

    private sealed record Present(Scene Scene, long StoreVersion, ImmutableArray<PoolState> States, long LookedAt);
}
