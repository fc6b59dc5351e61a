namespace XoBlazor.Core.Plugins;

/// <summary>How a plugin stands.</summary>
public enum PluginState
{
    /// <summary>Not loaded, and nobody wants it to be.</summary>
    Unloaded,

    /// <summary>On its way: its process starts, or is configured.</summary>
    Loading,

    Loaded,

    /// <summary>It failed and is loaded again after a pause.</summary>
    Waiting,

    /// <summary>It failed too often, or in a way that lasts, and stays unloaded until somebody loads it.</summary>
    GivenUp,
}

/// <summary>How a plugin stands at a moment.</summary>
/// <param name="Problem">Its last failure in words; null when there was none since it was loaded by somebody.</param>
/// <param name="Failures">In a row.</param>
/// <param name="IsTestable">It says so while it is loaded.</param>
/// <param name="Slowed">How often it sent more than it may and was read more slowly.</param>
/// <param name="Lingering">Earlier loadings of it that were unloaded and are in the server's memory all the same, because something of theirs holds on.</param>
public sealed record PluginStatus(PluginState State, string? Problem = null, int Failures = 0, bool IsTestable = false, long Slowed = 0, int Lingering = 0)
{
    /// <summary>So many unloaded ones may linger; a plugin that leaves more behind is not loaded again.</summary>
    public const int MostLingering = 3;

    public static PluginStatus Unloaded { get; } = new(PluginState.Unloaded);
}
