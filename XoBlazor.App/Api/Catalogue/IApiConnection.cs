using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>A caller whose connection stays: who it is can change, and it can be told something unasked. Safe from any thread.</summary>
internal interface IApiConnection : IApiCaller
{
    /// <summary>Somebody has just proven who they are: later calls are theirs. Whoever was signed in before is signed out.</summary>
    Task SignInAsync(ApiSession session);

    /// <summary>Later calls are nobody's again.</summary>
    Task SignOutAsync();

    /// <summary>
    /// Sends a notification. Ends when the network has taken it, which is how a slow reader slows its sender; fails with
    /// <see cref="OperationCanceledException"/> when the connection is gone.
    /// </summary>
    /// <param name="message">The whole JSON-RPC message.</param>
    ValueTask NotifyAsync(ReadOnlyMemory<byte> message, CancellationToken token);

    /// <summary>Sends the peer away for a reason it should know of, at most 123 bytes. Who takes nothing is cut off without a word.</summary>
    Task CloseAsync(string reason);
}
