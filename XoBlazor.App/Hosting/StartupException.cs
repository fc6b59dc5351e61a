namespace XoBlazor.App.Hosting;

/// <summary>
/// The server cannot start, or a command cannot run, for a reason an administrator can mend. The message is written for that person:
/// what is wrong, with which file or address, and what to do. It is printed alone, without a stack trace.
/// </summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
