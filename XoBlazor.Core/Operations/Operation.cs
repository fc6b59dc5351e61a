using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations;

/// <summary>
/// A verb a user has, declared once: every face takes the button, the method, the words and the confirmation from here. Stateless, safe from any thread.
/// The right is not optional: an operation without one does not compile. Most are an <see cref="OperationOn{T}"/>.
/// </summary>
public abstract class Operation(string name, Right right, XapiClass target)
{
    private ImmutableArray<Right> _rights;

    /// <summary>Area and verb, such as <c>vm.start</c>: the name in every API and on the command line.</summary>
    public string Name { get; } = name;

    public Right Right { get; } = right;

    /// <summary>The rights of which one is enough to do something of it: its own, and those that parameters ask for in its place.</summary>
    public ImmutableArray<Right> Rights => _rights.IsDefault ? _rights = [.. Parameters.Select(RightFor).Prepend(Right).Distinct()] : _rights;

    /// <summary>The class of object it works on.</summary>
    public XapiClass Target { get; } = target;

    /// <summary>The word on the button, such as "Shut down".</summary>
    public required string Title { get; init; }

    /// <summary>The same while it goes on, such as "Shutting down".</summary>
    public required string Progressive { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What will be lost or interrupted; shown when the user is asked. Null when nothing is.</summary>
    public string? Consequence { get; init; }

    public Confirmation Confirmation { get; init; }

    public OperationGroup Group { get; init; }

    /// <summary>Which way bytes go along with it. Whoever starts it has to send or receive them.</summary>
    public TransferDirection Bytes { get; init; }

    /// <summary>The server itself fetches bytes for it.</summary>
    public bool Fetches { get; init; }

    /// <summary>Bytes of one side pass through us to the other, or to somebody.</summary>
    public bool IsTransfer => Bytes != TransferDirection.None || Fetches;

    /// <summary>A run of it can be cancelled at any moment, see <see cref="OperationRun.Cancel"/>.</summary>
    public bool IsCancellable { get; init; }

    /// <summary>May be done to several objects at once with the same arguments.</summary>
    public bool SuitsMany { get; init; } = true;

    public ImmutableArray<OperationParameter> Parameters { get; init; } = [];

    /// <summary>The class of what it makes, whose uuid is its result; null when it makes nothing.</summary>
    public XapiClass? Makes { get; init; }

    /// <summary>What it takes to give a parameter.</summary>
    public Right RightFor(OperationParameter parameter) => parameter.OnTarget ?? Right;

    /// <summary>All that is needed on the target for what was given.</summary>
    public IEnumerable<Right> RightsFor(OperationArguments given) =>
        Rights.Length == 1 ? Rights : Parameters.Where(parameter => given.Has(parameter.Name)).Select(RightFor).Distinct();

    /// <summary>The operation means something for this object at all; a menu leaves it out for others.</summary>
    public virtual bool IsFor(XapiObject target) => target.Class == Target;

    /// <summary>The same where it takes a look at what the object belongs to.</summary>
    public virtual bool IsFor(PoolPicture pool, XapiObject target) => IsFor(target);

    /// <summary>
    /// Null when it is possible now as far as the picture tells, else the reason in words. They name the target and what belongs to it, nothing else:
    /// who reads them may view no more. The host decides in the end.
    /// </summary>
    public abstract string? Obstacle(PoolPicture pool, XapiObject target);

    /// <summary>The same for what was given.</summary>
    public virtual string? Obstacle(PoolPicture pool, XapiObject target, OperationArguments arguments) => null;

    /// <summary>Why it is not possible unless one of its overrides is given; null where nothing of the kind stands in the way.</summary>
    public string? Liftable(PoolPicture pool, XapiObject target) =>
        Parameters.Any(parameter => parameter.IsOverride) ? Obstacle(pool, target, OperationArguments.None) : null;

    /// <summary>The overrides without which it is not possible; none where nothing of the kind stands in the way.</summary>
    public IEnumerable<OperationParameter> NeededOverrides(PoolPicture pool, XapiObject target)
    {
        var all = Parameters.Where(parameter => parameter.IsOverride).ToList();
        return all.Where(one => Obstacle(pool, target, new(all.Where(other => other != one).ToDictionary(other => other.Name, _ => (object?)true))) is not null);
    }

    /// <summary>What exactly goes, line by line, for the person who is asked; from a picture of what that person may view.</summary>
    public virtual IEnumerable<string> Losses(PoolPicture pool, XapiObject target) => [];

    /// <summary>Rights that are needed on objects which no parameter names, such as the storage that a template's disks are made on.</summary>
    internal virtual IEnumerable<FurtherRight> AlsoNeeds(PoolPicture pool, XapiObject target, OperationArguments arguments) => [];

    /// <summary>Between which hosts something passes through us; then it has to wait for its turn. Null for all else.</summary>
    internal virtual StreamRoute? Route(PoolPicture pool, XapiObject target, OperationArguments arguments) => null;

    /// <summary>Asks the host to do it, and ends when it is done. Fails with a <see cref="XapiException"/> or an <see cref="OperationFailedException"/>; what was made until then is undone by the runner.</summary>
    internal abstract Task RunAsync(OperationWork work);
}
