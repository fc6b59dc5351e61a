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
internal sealed class PluginAnsweredErrorException(string message) : Exception(message);

/// <summary>What a plugin asks for is not done.</summary>
/// <param name="code">For the plugin (docs/plugins.md).</param>
internal sealed class PluginRefusedException(int code, string message) : Exception(message)
{
    public const int NotAccepted = 1;
    public const int NotThere = 2;
    public const int Refused = 3;
    public const int TooMuch = 4;
    public const int MethodNotFound = -32601;
    public const int InvalidParameters = -32602;
    public const int Internal = -32603;

    public int Code => code;
}
