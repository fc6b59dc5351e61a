namespace XoBlazor.Plugins;

/// <summary>What a plugin asked for is not done.</summary>
/// <param name="code">One of the constants.</param>
/// <param name="message">What and why, for people.</param>
public sealed class PluginRefusedException(int code, string message) : Exception(message)
{
    /// <summary>An administrator has not accepted it.</summary>
    public const int NotAccepted = 1;

    /// <summary>There is no such object, or none that the plugin may see.</summary>
    public const int NotThere = 2;

    /// <summary>It cannot be done now; the message says why.</summary>
    public const int Refused = 3;

    /// <summary>More than a plugin may; later it may be done.</summary>
    public const int TooMuch = 4;

    /// <summary>Trying again changes nothing. For plugins: a message that they will never carry, or a configuration that cannot work.</summary>
    public const int Lasting = 5;

    /// <summary>The server does not know the method.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>A parameter is missing or of the wrong form.</summary>
    public const int InvalidParameters = -32602;

    /// <summary>The server failed; its log tells more.</summary>
    public const int Internal = -32603;

    /// <summary>One of the constants.</summary>
    public int Code => code;
}
