using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Live;

/// <summary>
/// The present: the store's snapshot together with how fresh each pool is. One for all circuits. The objects are those of the moment;
/// the pools' standing, which is asked far more often than it changes, is looked at a few times a second.
/// </summary>
public sealed class StorePictures(ObjectStore store, LastEvent last, TimeProvider time, PoolFleet? fleet = null) : IPictureSource
{
    private static readonly TimeSpan s_standingHolds = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private Present _present = new(Scene.Empty, 0, [], long.MinValue);

    public Scene Current
    {
        get
        {
            var present = Volatile.Read(ref _present);
            return present.StoreVersion == store.Current.Version && HoldsStill(present) ? present.Scene : LookAgain();
        }
    }

    private bool HoldsStill(Present present) => fleet is null || (present.LookedAt != long.MinValue && time.GetElapsedTime(present.LookedAt) < s_standingHolds);

    private Scene LookAgain()
    {
        lock (_gate)
        {
            var before = _present;
            var snapshot = store.Current;
            var states = fleet is null ? [] : fleet.States;
            var isSame = before.StoreVersion == snapshot.Version && states.AsSpan().SequenceEqual(before.States.AsSpan(), ReferenceEqualityComparer.Instance);
            var scene = isSame && before.LookedAt != long.MinValue ? before.Scene
                : new Scene(before.Scene.Version + 1, [.. Pools(snapshot, states)], LastEvent: last.Moment);
            Volatile.Write(ref _present, new(scene, snapshot.Version, states, time.GetTimestamp()));
            return scene;
        }
    }

    private static IEnumerable<ScenePool> Pools(StoreSnapshot snapshot, ImmutableArray<PoolState> states)
    {
        foreach (var state in states)
            yield return new(state.PoolUuid ?? state.Id.ToString(), ForeignText.Shown(state.Name), state.PoolUuid is { } uuid ? snapshot.Pool(uuid) : null,
                state.IsLive, state.PictureAsOf ?? state.LastAnswer, Problem(state), state.NextTry);
        foreach (var picture in snapshot.Pools)
            if (!states.Any(s => s.PoolUuid == picture.Uuid))
                yield return new(picture.Uuid, picture.Name(), picture, IsConnected: true, LastAnswer: null);
    }

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
