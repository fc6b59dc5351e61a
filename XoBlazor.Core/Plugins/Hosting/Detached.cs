namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>Runs code of others on a thread that knows nothing of the request, user or page that it is run for, so that what it starts there does not hold on to these.</summary>
internal static class Detached
{
    public static Task<T> Run<T>(Func<Task<T>> act)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(act);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(act);
    }
}
