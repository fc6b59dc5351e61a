using System.Net;

namespace XoBlazor.Core.Transfers.Remote;

/// <summary>A file could not be fetched from an address, for a reason made for people. It tells nothing of what lies behind an address that is not allowed.</summary>
public sealed class RemoteFileException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the server at <see cref="Address"/> answered in place of the file; null when it did not come to that.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Whose answer it was: after redirects, the last one's.</summary>
    public Uri? Address { get; init; }
}
