using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>Accompanies everybody who is signed in, such as the feed of changes. Registered as a service; one for all connections.</summary>
internal interface IApiFollower
{
    /// <summary>
    /// Runs from the answer to the sign-in on until <paramref name="over"/>: signed out, or the connection gone. May end earlier; what it
    /// throws closes the connection.
    /// </summary>
    Task FollowAsync(IApiConnection connection, ApiSession session, CancellationToken over);
}
