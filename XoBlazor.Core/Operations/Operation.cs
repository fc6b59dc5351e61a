using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations;

/// <summary>
/// A verb a user has, declared once: every face takes the button, the method, the words and the confirmation from here. Stateless, safe from any thread.
/// The right is not optional: an operation without one does not compile.
/// </summary>
public abstract class Operation(string name, Right right, XapiClass target)
{
    /// <summary>Area and verb, such as <c>vm.start</c>: the name in every API and on the command line.</summary>
    public string Name { get; } = name;

    public Right Right { get; } = right;

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

    public ImmutableArray<OperationParameter> Parameters { get; init; } = [];

    /// <summary>Null when it is possible now as far as the picture tells, else the reason in words with names. The host decides in the end.</summary>
    public abstract string? Obstacle(PoolPicture pool, XapiObject target);

    /// <summary>
    /// Asks the host to do it. Returns the host's task, or the null reference when it is done with the answer.
    /// Fails with a <see cref="XapiException"/>.
    /// </summary>
    internal abstract Task<XenRef<XapiTask>> BeginAsync(XapiConnection connection, XapiObject target, OperationArguments arguments, CancellationToken token);
}
