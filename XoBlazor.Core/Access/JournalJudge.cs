using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>
/// Judges objects of one pool that the journal tells about: one that is there as it is now, one that is gone by its last state, with the other gone
/// ones at hand around it. Remembers its answers; one thread at a time.
/// </summary>
internal sealed class JournalJudge
{
    private readonly AccessEngine _engine;
    private readonly Actor _actor;
    private readonly PoolPicture? _present;
    private readonly PoolPicture _gone;
    private readonly Surroundings _aroundGone;
    private readonly Dictionary<(XapiClass, string), bool> _known = [];

    /// <param name="present">The pool as it is now; null while nothing is known of it.</param>
    /// <param name="gone">The last states of what is not there any more.</param>
    public JournalJudge(AccessEngine engine, Actor actor, string pool, PoolPicture? present, IEnumerable<XapiObject> gone)
    {
        (_engine, _actor, _present, _gone) = (engine, actor, present, PictureOf(pool, gone));
        _aroundGone = present is null ? new(_gone) : new(present, _gone);
    }

    public bool Allows(XapiObject state) => Allows(state.Class, state.Uuid);

    public bool Allows(string type, string uuid) => XapiCodec.Find(type) is { } codec && Allows(codec.Class, uuid);

    /// <summary>The object that is there with this class and identity.</summary>
    public static XapiObject? Present(PoolPicture? pool, XapiClass type, string uuid) =>
        pool?.AllByUuid(uuid).FirstOrDefault(o => o.Class == type);

    private bool Allows(XapiClass type, string uuid)
    {
        if (!_known.TryGetValue((type, uuid), out var allows))
            _known[(type, uuid)] = allows = Present(_present, type, uuid) is { } there
                ? _engine.Allows(_actor, Right.ReadJournal, _present!, there)
                : Present(_gone, type, uuid) is { } last && _engine.Allows(_actor, Right.ReadJournal, _aroundGone, last);
        return allows;
    }

    /// <summary>A store of its own, so that the gone objects find each other like the present ones.</summary>
    private static PoolPicture PictureOf(string pool, IEnumerable<XapiObject> objects)
    {
        using var writer = new ObjectStore(TimeProvider.System, []) { RemembersNames = false }.Open(pool);
        writer.ApplyListing(objects);
        return writer.Picture;
    }
}
