namespace XoBlazor.Core.Pools;

/// <summary>What became of adding a pool.</summary>
public abstract record AddPoolResult
{
    private AddPoolResult() { }

    /// <summary>It is there, and its objects are on their way.</summary>
    public sealed record Added(PoolState State) : AddPoolResult;

    /// <summary>Show this certificate; if the administrator accepts it, add again with it among <see cref="NewPool.Accepted"/>.</summary>
    public sealed record ConfirmCertificate(PresentedCertificate Certificate, string Explanation) : AddPoolResult;

    /// <summary>The address belongs to a pool that was added before, maybe through another member.</summary>
    public sealed record AlreadyThere(PoolState Existing) : AddPoolResult;

    /// <summary>It did not work; nothing was kept.</summary>
    /// <param name="Problem">In words, with what to do.</param>
    /// <param name="IsOfCredentials">The host does not accept this name and password.</param>
    public sealed record Refused(string Problem, bool IsOfCredentials) : AddPoolResult;
}
