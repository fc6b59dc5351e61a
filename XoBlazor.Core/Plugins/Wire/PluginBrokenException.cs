namespace XoBlazor.Core.Plugins.Wire;

/// <summary>A plugin does not keep to the contract, or is gone: nothing more can be asked of this process. The message continues "The plugin …".</summary>
internal sealed class PluginBrokenException(string message) : Exception(message)
{
    private const string EndedWords = "ended.";

    /// <summary>It is gone; its exit code tells more, as soon as it is known.</summary>
    public bool IsEnd => Message == EndedWords;

    public static PluginBrokenException Ended() => new(EndedWords);
}

/// <summary>A plugin answered with an error. The message is its own, made visible.</summary>
/// <param name="isLasting">It says that trying again changes nothing.</param>
internal sealed class PluginAnsweredErrorException(string message, bool isLasting = false) : Exception(message)
{
    public bool IsLasting => isLasting;
}
