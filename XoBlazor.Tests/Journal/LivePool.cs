using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Tests.Journal;

/// <summary>A pool that announces batches as the store does; it keeps its present objects.</summary>
internal sealed class LivePool(string uuid)
{
    private long _version;

    public string Uuid { get; } = uuid;

    public Dictionary<(XapiClass, string), XapiObject> Objects { get; } = [];

    /// <summary>Puts states in place (null: the object is gone) and tells what the store would announce.</summary>
    public StoreBatch Apply(DateTimeOffset time, BatchOrigin origin, params IEnumerable<(XapiObject Object, bool IsThere)> states)
    {
        var changes = ImmutableArray.CreateBuilder<ObjectChange>();
        foreach (var (state, isThere) in states)
        {
            var key = (state.Class, state.Uuid);
            var before = Objects.GetValueOrDefault(key);
            if (isThere)
            {
                var fields = before is null ? FieldSet.All : XapiCodec.For(state.Class).Compare(before, state);
                if (!fields.IsEmpty || before!.Ref != state.Ref)
                    changes.Add(new(before, state, fields));
                Objects[key] = state;
            }
            else if (before is not null)
            {
                changes.Add(new(before, null, FieldSet.None));
                Objects.Remove(key);
            }
        }

        return new(Uuid, ++_version, time, TimeSpan.FromMilliseconds(-1500), origin, changes.ToImmutable());
    }

    public StoreBatch Put(DateTimeOffset time, params XapiObject[] states) => Apply(time, BatchOrigin.Events, states.Select(s => (s, true)));

    public StoreBatch Remove(DateTimeOffset time, params XapiObject[] states) => Apply(time, BatchOrigin.Events, states.Select(s => (s, false)));

    /// <summary>The first reading after a start: everything that is there, as new.</summary>
    public StoreBatch List(DateTimeOffset time) =>
        new(Uuid, ++_version, time, TimeSpan.Zero, BatchOrigin.Listing, [.. Objects.Values.Select(o => new ObjectChange(null, o, FieldSet.All))]);
}
