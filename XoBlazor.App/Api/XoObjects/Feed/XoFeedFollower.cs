using System.Runtime.CompilerServices;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>Sends everybody who is signed in what becomes of the objects they may view, as fast as they take it. Safe from any thread.</summary>
internal sealed class XoFeedFollower(XoFeeds feeds) : IApiFollower
{
    private readonly ConditionalWeakTable<ApiSession, TaskCompletionSource<XoFeedReader>> _readers = [];

    public async Task FollowAsync(IApiConnection connection, ApiSession session, CancellationToken over)
    {
        using var reader = feeds.Open(session.View);
        Of(session).TrySetResult(reader);
        try
        {
            await foreach (var message in reader.ReadAsync(over))
                await connection.NotifyAsync(message, over);
        }
        catch (OperationCanceledException) when (reader.CutReason is { } reason && !over.IsCancellationRequested)
        {
            await connection.CloseAsync(reason);
        }
    }

    /// <summary>What a session is told of; its first call may come before its feed has begun.</summary>
    public Task<XoFeedReader> ReaderOfAsync(ApiSession session, CancellationToken cancellation) => Of(session).Task.WaitAsync(cancellation);

    private TaskCompletionSource<XoFeedReader> Of(ApiSession session) =>
        _readers.GetValue(session, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
