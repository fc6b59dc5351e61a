using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>
/// All operations, by name and by the class they work on: the server's own, of which two of one name, or one that got around declaring a right, are a mistake that stops the start, and those
/// that plugins add and take away again. Whoever reads it sees one state of it. Safe from any thread.
/// </summary>
public sealed class OperationCatalogue
{
    private volatile State _now;

    public OperationCatalogue(IEnumerable<Operation> operations)
    {
        Own = [.. operations];
        if (Own.CountBy(o => o.Name).FirstOrDefault(n => n.Value > 1) is { Value: > 1 } twice)
            throw new InvalidOperationException($"two operations are called '{twice.Key}'");
        if (Own.FirstOrDefault(o => o.Right is null) is { } open)
            throw new InvalidOperationException($"the operation '{open.Name}' declares no right");
        _now = new(Own, []);
    }

    /// <summary>There are others now. Handlers only take note and do not throw.</summary>
    public event Action? Changed;

    /// <summary>The server's own, which never change.</summary>
    public ImmutableArray<Operation> Own { get; }

    /// <summary>The same array as long as nothing changes.</summary>
    public ImmutableArray<Operation> All => _now.All;

    /// <summary>The rights to what plugins add, whether it is there at this moment or not.</summary>
    public ImmutableArray<Right> ProvidedRights => _now.Rights;

    public Operation? Find(string name) => _now.ByName.GetValueOrDefault(name);

    /// <summary>These take the place of all that plugins added before. One with a name of the server's own is left out, and so is the second of two of one name.</summary>
    internal void Provide(IEnumerable<Operation> provided, IEnumerable<Right> rights)
    {
        _now = new([.. Own, .. provided.Where(one => Own.All(own => own.Name != one.Name)).DistinctBy(one => one.Name)], [.. rights.Distinct()]);
        Changed?.Invoke();
    }

    /// <summary>Those on a class.</summary>
    public IEnumerable<Operation> For(XapiClass target) => All.Where(o => o.Target == target);

    /// <summary>Those that mean something for the object, in the order of a menu.</summary>
    public IEnumerable<Operation> For(PoolPicture pool, XapiObject target) => For(target.Class).Where(o => o.IsFor(pool, target)).OrderBy(o => o.Group);

    /// <summary>All rights that any operation of the server's own asks for, on its target or on an object named with it.</summary>
    public IEnumerable<Right> Rights => Own.SelectMany(o => o.Parameters.SelectMany(p => p.WithParts()).Select(p => p.Right).OfType<Right>().Concat(o.Rights)).Distinct();

    private sealed record State(ImmutableArray<Operation> All, ImmutableArray<Right> Rights)
    {
        public FrozenDictionary<string, Operation> ByName { get; } = All.ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);
    }
}
