using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>All operations, by name and by the class they work on. Two of one name, or one that got around declaring a right, are a mistake that stops the start.</summary>
public sealed class OperationCatalogue
{
    private readonly FrozenDictionary<string, Operation> _byName;

    public OperationCatalogue(IEnumerable<Operation> operations)
    {
        All = [.. operations];
        if (All.CountBy(o => o.Name).FirstOrDefault(n => n.Value > 1) is { Value: > 1 } twice)
            throw new InvalidOperationException($"two operations are called '{twice.Key}'");
        if (All.FirstOrDefault(o => o.Right is null) is { } open)
            throw new InvalidOperationException($"the operation '{open.Name}' declares no right");
        _byName = All.ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);
    }

    public ImmutableArray<Operation> All { get; }

    public Operation? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Those on a class.</summary>
    public IEnumerable<Operation> For(XapiClass target) => All.Where(o => o.Target == target);

    /// <summary>Those that mean something for the object, in the order of a menu.</summary>
    public IEnumerable<Operation> For(PoolPicture pool, XapiObject target) => For(target.Class).Where(o => o.IsFor(pool, target)).OrderBy(o => o.Group);

    /// <summary>All rights that any operation asks for, on its target or on an object named with it.</summary>
    public IEnumerable<Right> Rights => All.SelectMany(o => o.Parameters.SelectMany(p => p.WithParts()).Select(p => p.Right).OfType<Right>().Concat(o.Rights)).Distinct();
}
