namespace XoBlazor.Core.Transfers.Remote;

/// <summary>A file could not be fetched from an address, for a reason made for people. It tells nothing of what lies behind an address that is not allowed.</summary>
public sealed class RemoteFileException(string message, Exception? inner = null) : Exception(message, inner);
