using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Hands the ends of operations to the loaded plugins that are told of them. Safe from any thread.</summary>
public sealed class OperationEnds : IOperationWatcher
{
    /// <summary>Handlers only take note and do not throw.</summary>
    internal event Action<OperationRun>? Told;

    public void Ended(OperationRun run) => Told?.Invoke(run);
}
