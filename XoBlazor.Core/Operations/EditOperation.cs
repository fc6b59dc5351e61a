using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>Changes those of an object's values that are given, one after the other in the order they are declared; those that were changed before one failed stay so.</summary>
internal sealed class EditOperation<T> : Operation where T : XapiObject
{
    private readonly ImmutableArray<Edit<T>> _edits;

    public EditOperation(string name, Right right, params ImmutableArray<Edit<T>> edits) : base(name, right, ClassOf<T>.Value)
    {
        _edits = edits;
        Parameters = [.. edits.Select(edit => edit.Parameter)];
        Group = OperationGroup.Change;
    }

    /// <summary>Which objects of the class it is for; all when nothing is said.</summary>
    public Func<T, bool>? For { get; init; }

    /// <summary>The same by what an object belongs to; see <see cref="OperationOn{T}.ForIn"/>.</summary>
    public Func<PoolPicture, T, bool>? ForIn { get; init; }

    /// <summary>Why nothing of it can be changed now.</summary>
    public Func<PoolPicture, T, string?>? Unless { get; init; }

    public override bool IsFor(XapiObject target) => target is T own && (For is null || For(own));

    public override bool IsFor(PoolPicture pool, XapiObject target) => IsFor(target) && (ForIn is null || ForIn(pool, (T)target));

    public override string? Obstacle(PoolPicture pool, XapiObject target) => Unless?.Invoke(pool, (T)target);

    public override string? Obstacle(PoolPicture pool, XapiObject target, OperationArguments arguments) =>
        Given(arguments).Select(edit => edit.Unless?.Invoke(pool, (T)target, arguments)).FirstOrDefault(reason => reason is not null);

    internal override async Task RunAsync(OperationWork work)
    {
        var given = Given(work.Arguments).ToList();
        work.Expect(given.Count);
        foreach (var edit in given)
        {
            await edit.Set(work, (T)work.Target);
            work.Did(edit.Parameter.Title);
            work.Step();
        }
    }

    private IEnumerable<Edit<T>> Given(OperationArguments arguments) => _edits.Where(edit => arguments.Has(edit.Parameter.Name));
}
