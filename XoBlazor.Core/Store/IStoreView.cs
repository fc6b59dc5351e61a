namespace XoBlazor.Core.Store;

/// <summary>
/// What a face reads: the whole store (<see cref="ObjectStore"/>) or the part that somebody may view. The same promises hold for both;
/// versions of one view only grow.
/// </summary>
public interface IStoreView
{
    /// <summary>The present. Never null, never blocks.</summary>
    StoreSnapshot Current { get; }

    /// <summary>The present and, from there on, every change.</summary>
    StoreSubscription Subscribe(int mostChanges = StoreSubscription.DefaultMostChanges);
}
