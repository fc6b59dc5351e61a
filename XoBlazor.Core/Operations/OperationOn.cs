using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>An operation on one class of object, all told where it is declared. A new one is a static property in its area's file, and its place in that file's list.</summary>
/// <param name="run">Does it; see <see cref="Operation.RunAsync"/>.</param>
internal sealed class OperationOn<T>(string name, Right right, Func<OperationWork, T, Task> run) : Operation(name, right, ClassOf<T>.Value)
    where T : XapiObject
{
    /// <summary>Which objects of the class it is for; all when nothing is said.</summary>
    public Func<T, bool>? For { get; init; }

    /// <summary>The same by what an object belongs to: a menu leaves the operation out for others, and <see cref="Unless"/> says why not to programs.</summary>
    public Func<PoolPicture, T, bool>? ForIn { get; init; }

    /// <summary>Why it is not possible now; see <see cref="Operation.Obstacle(PoolPicture, XapiObject)"/>.</summary>
    public Func<PoolPicture, T, string?>? Unless { get; init; }

    /// <summary>Why it is not possible with what was given.</summary>
    public Func<PoolPicture, T, OperationArguments, string?>? UnlessWith { get; init; }

    /// <summary>See <see cref="Operation.AlsoNeeds"/>.</summary>
    public Func<PoolPicture, T, OperationArguments, IEnumerable<FurtherRight>>? Needs { get; init; }

    /// <summary>See <see cref="Operation.Route"/>.</summary>
    public Func<PoolPicture, T, OperationArguments, StreamRoute?>? Streams { get; init; }

    /// <summary>See <see cref="Operation.Losses"/>.</summary>
    public Func<PoolPicture, T, IEnumerable<string>>? Loses { get; init; }

    public override bool IsFor(XapiObject target) => target is T own && (For is null || For(own));

    public override bool IsFor(PoolPicture pool, XapiObject target) => IsFor(target) && (ForIn is null || ForIn(pool, (T)target));

    public override string? Obstacle(PoolPicture pool, XapiObject target) => Unless?.Invoke(pool, (T)target);

    public override string? Obstacle(PoolPicture pool, XapiObject target, OperationArguments arguments) => UnlessWith?.Invoke(pool, (T)target, arguments);

    public override IEnumerable<string> Losses(PoolPicture pool, XapiObject target) => Loses?.Invoke(pool, (T)target) ?? [];

    internal override IEnumerable<FurtherRight> AlsoNeeds(PoolPicture pool, XapiObject target, OperationArguments arguments) =>
        Needs?.Invoke(pool, (T)target, arguments) ?? [];

    internal override StreamRoute? Route(PoolPicture pool, XapiObject target, OperationArguments arguments) => Streams?.Invoke(pool, (T)target, arguments);

    internal override Task RunAsync(OperationWork work) => run(work, (T)work.Target);
}
