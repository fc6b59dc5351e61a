using XoBlazor.Core.Store;

namespace XoBlazor.Core.Patching;

/// <summary>Finds out what hosts lack. Asks hosts and catalogues gently: answers are kept, and those who ask at the same time share one. Safe from any thread.</summary>
public interface IMissingUpdates
{
    /// <summary>What was known last, without asking anybody; null when nothing is known yet.</summary>
    HostUpdates? Last(ObjectKey host);

    /// <summary>Told after <see cref="Last"/> has changed for a host, on the thread that changed it.</summary>
    event Action<ObjectKey>? Changed;

    /// <summary>
    /// What the host lacks: an answer that is at most <paramref name="age"/> old (zero asks anew, except that those who ask meanwhile share it). A busy host is asked again
    /// for a while. Never fails but by <paramref name="token"/>: what goes wrong is in the answer's words.
    /// </summary>
    Task<HostUpdates> LookAsync(ObjectKey host, TimeSpan age, CancellationToken token);
}
