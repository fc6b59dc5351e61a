using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Operations;

/// <summary>Something that was set going on one object, or was refused before it began.</summary>
/// <param name="Object">As it was then.</param>
/// <param name="Run">How it goes; null when it was refused.</param>
/// <param name="Refusal">Why it was refused, in words.</param>
public sealed record ActionNotice(Operation Operation, ObjectKey Target, XapiObject Object, string TargetName, OperationRun? Run, string? Refusal)
{
    public bool IsEnded => Run is null || Run.Result is not null;

    /// <summary>Nothing is left to say.</summary>
    public bool IsGood => Run?.Result is { End: OperationEnd.Succeeded, HasNotes: false };

    /// <summary>It stands in the queue of transfers.</summary>
    public bool IsWaiting => Run is { Result: null, IsWaiting: true };
}
