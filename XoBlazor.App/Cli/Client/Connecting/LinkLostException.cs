namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>The connection ended while something was awaited: what had been sent may have been done.</summary>
internal sealed class LinkLostException(string message, Exception? inner = null) : Exception(message, inner);
