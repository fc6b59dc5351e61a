namespace XoBlazor.Core.Operations;

/// <summary>Is told how operations end. Registered as a service; safe from any thread.</summary>
public interface IOperationWatcher
{
    /// <summary>An operation has ended, and stands in the audit. Takes note and returns at once; does not fail.</summary>
    void Ended(OperationRun run);
}
