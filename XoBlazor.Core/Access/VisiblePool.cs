using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>How one pool looks through scopes, and how two such looks differ.</summary>
internal static class VisiblePool
{
    /// <summary>The pool as the scopes show it; null when they show nothing of it.</summary>
    public static PoolPicture? Of(ScopeIndex view, PoolPicture pool, long version)
    {
        var picture = view.HasPool(pool.Uuid) ? Whole(pool, version, since: version) : view.In(pool.Uuid) is { } scopes ? FirstLook(scopes, pool, version) : null;
        return picture is { Count: > 0 } ? picture : null;
    }

    /// <summary>All of a pool but what is for administrators only; shares the pool's tables.</summary>
    /// <param name="since">The least version to give to what has an older one.</param>
    public static PoolPicture Whole(PoolPicture pool, long version, long since)
    {
        var tables = new ClassTable[pool.Tables.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            var table = pool.Tables[i];
            tables[i] = Inheritance.IsForAdministratorsOnly((XapiClass)i) ? new([], table.ReferrerChunks, 0, since, since)
                : new(table.ObjectChunks, table.ReferrerChunks, table.Count, Math.Max(table.MembershipVersion, since), Math.Max(table.ContentVersion, since));
        }

        return new(pool.Uuid, version, tables, pool.Index, pool.Work, pool.Former);
    }

    /// <summary>The last picture of a pool that shows nothing any more.</summary>
    public static PoolPicture Empty(string uuid, long version)
    {
        var tables = new ClassTable[ReferenceFields.ClassCount];
        Array.Fill(tables, new([], [], 0, version, version));
        return new(uuid, version, tables, new(), TaskWork.None, FormerNames.None);
    }

    /// <summary>The same picture with everything of a newer version.</summary>
    public static PoolPicture Renewed(PoolPicture picture, long version) =>
        new(picture.Uuid, version, [.. picture.Tables.Select(t => new ClassTable(t.ObjectChunks, t.ReferrerChunks, t.Count, version, version))], picture.Index, picture.Work, picture.Former);

    /// <summary>What became of the objects from one picture to the other.</summary>
    public static ImmutableArray<ObjectChange> Differences(PoolPicture? before, PoolPicture? after)
    {
        var changes = ImmutableArray.CreateBuilder<ObjectChange>();
        foreach (var type in Enum.GetValues<XapiClass>())
        {
            foreach (var old in before?.All(type) ?? new(ClassTable.Empty))
                if (after?.Get(old.Ref) is not { } now)
                    Tell(changes, old, null);
                else if (!ReferenceEquals(old, now))
                    Tell(changes, old, now);
            foreach (var now in after?.All(type) ?? new(ClassTable.Empty))
                if (before?.Get(now.Ref) is null)
                    Tell(changes, null, now);
        }

        return changes.DrainToImmutable();
    }

    public static void Tell(ImmutableArray<ObjectChange>.Builder changes, XapiObject? before, XapiObject? after)
    {
        if (before is not null && after is not null && before.Class == after.Class)
        {
            var fields = XapiCodec.For(after.Class).Compare(before, after);
            if (!fields.IsEmpty)
                changes.Add(new(before, after, fields));
            return;
        }

        if (before is not null)
            changes.Add(new(before, null, FieldSet.None));
        if (after is not null)
            changes.Add(new(null, after, FieldSet.All));
    }

    private static PoolPicture FirstLook(ScopeIndex.InPool scopes, PoolPicture pool, long version)
    {
        var edit = new VisibleEdit(scopes, null, pool);
        edit.LookAtNamed();
        return edit.Finish(version).Picture;
    }
}
