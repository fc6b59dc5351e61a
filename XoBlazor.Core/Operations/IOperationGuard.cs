namespace XoBlazor.Core.Operations;

/// <summary>Is asked before an operation begins, once all else is in order, and may object to it. Registered as a service; safe from any thread.</summary>
public interface IOperationGuard
{
    /// <summary>It wants to be asked. Answers at once.</summary>
    bool Guards(PlannedOperation plan);

    /// <summary>Who objects and why, for whoever asked for the operation; null when nobody does. Returns within seconds and fails only when the token is cancelled.</summary>
    Task<string?> ObjectionAsync(PlannedOperation plan, CancellationToken token);
}
