namespace XoBlazor.Plugins;

/// <summary>What happened to an object in the eyes of a plugin.</summary>
public enum ObjectChangeKind
{
    /// <summary>It came, or may be seen from now on.</summary>
    Added,

    /// <summary>It differs.</summary>
    Changed,

    /// <summary>It is gone, or may not be seen any more.</summary>
    Removed,
}
